#!/usr/bin/env bash
# Fetches the jars of Apache Kafka from Maven Central into a folder outside the repository, for the tests of the topic.
set -euo pipefail
version=3.9.1
folder=${KAFKA_JARS:-$HOME/.cache/elido-kafka/$version}
if ls "$folder"/kafka_2.13-*.jar >/dev/null 2>&1; then
  echo "Kafka $version is in $folder"
  exit 0
fi
pom=$(mktemp -d)
trap 'rm -rf "$pom"' EXIT
cat >"$pom/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kafka</groupId><artifactId>jars</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B -f "$pom/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$folder"
echo "Kafka $version is in $folder"
