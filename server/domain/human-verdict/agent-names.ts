// The programs that are known by name, by kind. Patterns are matched anywhere in the user agent, without regard to case.
// They must be narrow: a browser for people that matches one of them is refused. The fixtures in test/fixtures hold both sides.
import type { FindingCode } from './verdict.ts';

interface AgentKind {
  code: FindingCode;
  words: string;
  patterns: readonly string[];
}

/** The first kind that matches decides. */
export const agentKinds: readonly AgentKind[] = [
  {
    code: 'agent_image_proxy',
    words: 'A mail provider loads pictures with this program; nobody clicks with it',
    patterns: ['GoogleImageProxy', 'ggpht\\.com', 'Yahoo ?Mail ?Proxy', 'Cloudmark Image', 'CanopyImageProxy'],
  },
  {
    code: 'agent_mail_scanner',
    words: 'A mail security scanner opens links with this program',
    patterns: [
      'Barracuda',
      'Mimecast',
      'Proofpoint|URL ?Defense',
      'Safe ?Links|Microsoft ?Defender|Microsoft Office SafeLinks',
      'FireEye|Trellix',
      'IronPort|Cisco ?(?:Secure|ESA|Umbrella|Talos|Email|Amp)|TalosIntelligence|OpenDNS',
      'Symantec|MessageLabs|Norton ?(?:Safe ?Web|Scan)|WebPulse|BlueCoat|Blue ?Coat|bcsi-',
      'Sophos|ReflexionLinkScan',
      'Trend ?Micro|\\bTMES\\b|TMUFE|InterScan',
      'Forti(?:Mail|Guard|Sandbox|net|Gate)',
      'Forcepoint|Websense',
      'Check ?Point(?: |-)?(?:Intrusion|Harmony|URL|Threat|Sand)|Avanan',
      'Vade ?(?:Secure|Retro)',
      'Hornet ?Security|Cyren|Commtouch|Retarus|SpamTitan|TitanHQ|Cloudmark|SonicWall|Zix(?:Corp|Gateway)|ZeroFOX',
      'Perception-?Point|IRONSCALES|Abnormal ?Security|Egress(?: |-)?Defend|INKY',
      'Kaspersky ?(?:Lab|Scan|Anti)|McAfee|SiteAdvisor|WithSecure|F-?Secure|ESET ?(?:Mail|Scan|URL)|Bitdefender ?(?:Scan|URL|Mail)',
      'Zscaler|Netskope|Palo ?Alto ?Networks|WildFire|Netcraft|urlscan|VirusTotal|PhishTank|OpenPhish|CheckPhish|Rspamd|SpamAssassin',
      'Google-Safety|Google-Safebrowsing',
    ],
  },
  {
    code: 'agent_office_probe',
    words: 'Office asks for a link before it hands it to the browser, and Outlook loads pictures with this program',
    patterns: [
      'ms-office',
      'MSOffice ',
      'Microsoft Office(?:/| |$)',
      'Microsoft Outlook ',
      'Microsoft URL Control',
      'MS-OFFICE',
    ],
  },
  {
    code: 'agent_link_preview',
    words: 'A chat or social network draws the preview of a link with this program',
    patterns: [
      'Slackbot|Slack-ImgProxy',
      'WhatsApp/|^WhatsApp$',
      'TelegramBot',
      'Twitterbot',
      'facebookexternal(?:hit|ua)|facebookcatalog|Facebot|facebookplatform',
      'Discordbot',
      'LinkedInBot',
      'SkypeUriPreview|skype-url-preview|MicrosoftPreview',
      'GoogleMessages|Google-PageRenderer|developers\\.google\\.com/\\+/web/snippet|GoogleDocs',
      '^Viber|vkShare|redditbot|Pinterestbot|Pinterest/0\\.|Tumblr/|Snap URL Preview',
      'Iframely|Embedly|Mastodon/|Pleroma|Misskey|Akkoma|Synapse(?: |/)|Bluesky Cardyb|matrix-media-repo',
      'line-poker|kakaotalk-scrap|WebsiteMetadataRetriever|NotionEmbedder|Trello Rich|Bitrix link preview|Quora Link Preview',
      'XING-contenttabreceiver|Mattermost-Bot|Rocket\\.Chat|ZulipURLPreview|Flipboard(?:Proxy|RSS)|ZoomBot|Chatwork LinkPreview',
      'link ?preview|url ?preview|WeTransfer-Preview|unfurl',
    ],
  },
  {
    code: 'agent_crawler',
    words: 'A crawler or scanner of the web',
    patterns: [
      'Googlebot|Google-InspectionTool|GoogleOther|AdsBot-Google|Mediapartners-Google|APIs-Google|FeedFetcher-Google',
      'Google-Read-Aloud|Storebot-Google|Google Favicon|Google-Site-Verification|Google-CloudVertexBot|Google-Apps-Script',
      'bingbot|BingPreview|adidxbot|msnbot|Yandex(?:\\w*Bot|Images|Metrika|Direct|Favicons)|Baiduspider|DuckDuckBot|DuckAssistBot',
      'Applebot|Sogou (?:web|inst|pic|news)|PetalBot|Yahoo! Slurp|SeznamBot|Qwant(?:ify|bot)|coccocbot|Yeti/|Naverbot|360Spider',
      'AhrefsBot|SemrushBot|MJ12bot|DotBot|rogerbot|BLEXBot|DataForSeoBot|SEOkicks|serpstatbot|Screaming Frog|SiteAuditBot',
      'GPTBot|ChatGPT-User|OAI-SearchBot|ClaudeBot|Claude-User|anthropic-ai|PerplexityBot|Perplexity-User|CCBot|Bytespider|Amazonbot',
      'meta-external(?:agent|fetcher)|cohere-ai|Diffbot|YouBot|ImagesiftBot|Timpibot|MistralAI-User',
      'ia_archiver|archive\\.org_bot|heritrix|Wayback|HubSpot (?:Connect|Crawler|Links|Webcrawler|Page)|BitlyBot|Bitly|BrandVerity',
      'zgrab|CensysInspect|Nmap Scripting|masscan|Expanse|Nuclei|InternetMeasurement|Nikto|sqlmap|WPScan|LeakIX|Acunetix|Nessus|Qualys',
    ],
  },
  {
    code: 'agent_headless',
    words: 'A browser that runs without a person',
    patterns: [
      'Headless(?:Chrome|Edg|Shell|Firefox)',
      'PhantomJS|SlimerJS|CasperJS|HtmlUnit|jsdom|Zombie\\.js|Nightmare',
      'Puppeteer|Playwright|Selenium|WebDriver|Cypress/|Splash|wechatdevtools|Process/tools',
      'Chrome-Lighthouse|Google Page Speed|PageSpeed|PTST/|GTmetrix|Prerender|Rendertron|wkhtmlto|SiteSnag|Browserless',
    ],
  },
  {
    code: 'agent_monitor',
    words: 'A monitor asks whether a page is up with this program',
    patterns: [
      'UptimeRobot|Uptime-?Kuma|updown\\.io|Better ?(?:Uptime|Stack)|HetrixTools|Freshping|Montastic|NodePing|Uptime\\.com|Uptimia',
      'Pingdom|StatusCake|Site24x7|AlertSite|Catchpoint|Checkly|Oh ?Dear|Cronitor|Hyperspin|WebGazer|StatusOK|Sentry ?Uptime',
      'Datadog|NewRelicPinger|New ?Relic|Dynatrace|GoogleStackdriverMonitoring|GoogleHC|Amazon-Route53-Health|ELB-HealthChecker',
      'kube-probe|Zabbix|Nagios|check_http|Blackbox[ -]Exporter|Prometheus/|Consul Health|Azure Traffic Manager|Icinga',
    ],
  },
  {
    code: 'agent_library',
    words: 'A program or a library, not a browser',
    patterns: [
      '\\bcurl/|^curl\\b|libcurl|^Wget|\\bWget/|HTTPie|^aria2|lwp-|libwww-perl|^HTTrack',
      'python-(?:requests|urllib|httpx)|Python-urllib|\\baiohttp/|^Python/|urllib3|Scrapy|Mechanize',
      'Go-http-client|^Go ?\\d|colly|^fasthttp|Java/\\d|^Java\\b|Apache-HttpClient|HttpClient/|okhttp|Jersey/|Jetty/|Apache-CXF|AHC/|async-http-client|ReactorNetty|Vert\\.x|Dalvik/',
      'axios/|node-fetch|undici|^node(?:$|/|\\.js)|\\bgot[/ ]\\(?|superagent|PostmanRuntime|insomnia/|^Bun/|^Deno/|needle/|node-superagent',
      '^PHP|GuzzleHttp|Symfony HttpClient|WordPress/|Faraday|^Ruby|rest-client|http\\.rb/|Typhoeus|HTTParty',
      'reqwest|^hyper/|^Dart/|\\bDart/\\d|RestSharp|WinHttp|PowerShell|Microsoft-CryptoAPI|Microsoft BITS|\\.NET Framework|Indy Library|lua-resty-http',
      'CFNetwork/|ApacheBench|JMeter|Gatling|^k6/|Grafana ?k6|autocannon|vegeta|^hey/|^wrk|Siege/|Zapier|IFTTT|^n8n|Make/production|Airtable/|Amazon CloudFront|Amazon SES',
    ],
  },
];
