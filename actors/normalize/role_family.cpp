#include "actors/normalize/role_family.hpp"

#include "actors/normalize/title.hpp"
#include "actors/text/phrase_table.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// Codes: O*NET 15-1299.09, 13-1082.00 and ESCO 1.2 for program and project
/// management (CC BY 4.0), the titles of SOC 2018 and ISCO-08 for the rest.
constexpr role_family families[] = {
    {"technical_program_management", "15-1299.09", "1330"},
    {"program_management", "13-1082.00", "1213"},
    {"project_management", "13-1082.00", "1219"},
    {"product_management", "", ""},
    {"product_marketing", "11-2021", "1221"},
    {"agile_delivery", "15-1299.09", "1330"},
    {"release_management", "15-1299.09", ""},
    {"delivery_management", "15-1299.09", "1330"},
    {"engineering_management", "11-9041.00", ""},
    {"chief_of_staff", "", ""},
    {"site_reliability", "", ""},
    {"devops_platform", "", ""},
    {"cloud_engineering", "", ""},
    {"security", "15-1212", "2529"},
    {"machine_learning", "", ""},
    {"data_science", "15-2051", ""},
    {"data_engineering", "15-1243", "2521"},
    {"analytics_engineering", "", ""},
    {"data_analytics", "15-2051", ""},
    {"research", "", ""},
    {"quantitative_finance", "13-2099", ""},
    {"geospatial", "", "2165"},
    {"quality_assurance", "15-1253", "2519"},
    {"embedded_software", "15-1252", "2512"},
    {"hardware_engineering", "17-2061", ""},
    {"robotics", "", ""},
    {"mobile_engineering", "15-1252", "2514"},
    {"frontend_engineering", "15-1254", "2513"},
    {"backend_engineering", "15-1252", "2512"},
    {"fullstack_engineering", "15-1252", "2512"},
    {"game_development", "15-1252", ""},
    {"blockchain_engineering", "15-1252", "2512"},
    {"software_engineering", "15-1252", "2512"},
    {"networking", "", "2523"},
    {"database_administration", "15-1242", "2521"},
    {"system_administration", "15-1244", "2522"},
    {"architecture", "", ""},
    {"sales_engineering", "41-9031", "2434"},
    {"developer_relations", "", ""},
    {"technical_writing", "27-3042", "2641"},
    {"it_support", "15-1232", "3512"},
    {"product_design", "15-1255", ""},
    {"creative_design", "", "2166"},
    {"business_analysis", "", ""},
    {"account_management", "", ""},
    {"sales", "", ""},
    {"business_development", "", ""},
    {"customer_success", "", ""},
    {"customer_support", "43-4051", ""},
    {"social_content", "", ""},
    {"communications", "27-3031", "2432"},
    {"marketing", "", ""},
    {"recruiting", "13-1071", ""},
    {"human_resources", "13-1071", ""},
    {"learning_development", "13-1151", "2424"},
    {"accounting", "13-2011", "2411"},
    {"finance", "", ""},
    {"risk_fraud", "", ""},
    {"insurance", "", ""},
    {"banking_lending", "", ""},
    {"legal", "23-1011", "2611"},
    {"compliance_privacy", "13-1041", ""},
    {"supply_chain", "", ""},
    {"procurement", "", ""},
    {"warehouse", "", ""},
    {"executive_assistance", "43-6011", "3343"},
    {"administration", "", ""},
    {"revenue_operations", "", ""},
    {"operations", "", ""},
    {"general_management", "11-1021", ""},
    {"mechanical_engineering", "17-2141", "2144"},
    {"electrical_engineering", "17-2071", "2151"},
    {"manufacturing_engineering", "17-2112", "2141"},
    {"aerospace_engineering", "17-2011", ""},
    {"civil_construction", "", ""},
    {"chemistry_materials", "", ""},
    {"environment_energy", "", ""},
    {"technician", "", ""},
    {"trades", "", ""},
    {"production_work", "", ""},
    {"nursing", "29-1141", "2221"},
    {"physician", "", ""},
    {"healthcare", "", ""},
    {"life_sciences", "", ""},
    {"education", "", ""},
    {"social_work", "", "2635"},
    {"transport", "", ""},
    {"retail", "", ""},
    {"hospitality", "", ""},
    {"media", "", ""},
    {"translation", "27-3091", "2643"},
    {"real_estate", "", ""},
    {"public_safety", "", ""},
    {"consulting", "", ""},
    {"engineering_other", "", ""},
    {"other", "", ""},
};

struct role {
  /// Phrases that must occur from a beginning of a word on; one that ends in
  /// `$` ends with a word too. `|` separates them. Compared without diacritics.
  std::string_view phrases;
  std::string_view family;
};

/// The special before the general: the first that fits decides. Synonyms of
/// the project's reference table for technical program management, common
/// usage for the rest.
constexpr role roles[] = {
    {"construction program manager|clinical program manag|affiliate program|"
     "nonprofit program|program assistant|program associate|program "
     "coordinator|clinical project manag",
     "other"},
    {"chief of staff", "chief_of_staff"},
    {"product marketing", "product_marketing"},
    {"technical program|technical project manag|technical delivery manag|"
     "release train engineer|it program|engineering program|software program|"
     "infrastructure program|security program|data program|hardware program|"
     "npi program|artificial intelligence program|machine learning program|"
     "platform program|cloud program|it project manag|engineering project "
     "manag|software project manag|technical program manager|program manager "
     "engineering|program manager infrastructure|program manager technical|"
     "program manager software|program manager hardware|program manager "
     "artificial intelligence|program manager machine learning|program "
     "manager cloud|program manager security|program manager it$",
     "technical_program_management"},
    {"scrum master|agile coach|agile program|agile delivery|agile lead",
     "agile_delivery"},
    {"release manag", "release_management"},
    {"delivery manag|delivery lead|service delivery manag|delivery director",
     "delivery_management"},
    {"program manag|program director|program lead|pmo$|portfolio manag|"
     "transformation manag|implementation program|head of programs|director of "
     "programs|director programs|programs manag|programme|gestor de programa|"
     "program officer|kierownik program",
     "program_management"},
    {"product owner|product manag|head of product$|director of product$|"
     "director product$|product lead$|vice president product$|vice president "
     "of product$|group product|chief product|gerente de producto|jefe de "
     "producto|chef de produit|produktmanager|gerente de produto|product "
     "director|produktový manaž",
     "product_management"},
    {"project manag|project lead|projektleit|projektmanag|chef de projet|"
     "cheffe de projet|jefe de proyecto|project coordinator|gerente de "
     "proyecto|gerente de projeto|project director|kierownik projekt|"
     "capo progetto|projectleider|project officer|projektledare|projektleder",
     "project_management"},
    {"engineering manag|director of engineering|director engineering|head of "
     "engineering|software development manag|vice president engineering|vice "
     "president of engineering|manager engineering|manager software eng|"
     "software manag|engineering director|chief technology|cto$|manager of "
     "engineering|head of software|head of technology|engineering lead|"
     "software engineering manag|r d manag",
     "engineering_management"},
    {"analytics engineer|data model", "analytics_engineering"},
    {"mlops|machine learning platform", "machine_learning"},
    {"in test$|sdet|quality assurance|test engineer|tester|test automation|"
     "quality engineer|qa$|test lead|test analyst|test manager|automation "
     "tester|quality analyst|测试|テスト",
     "quality_assurance"},
    {"site reliability|reliability engineer|sre$|production engineer",
     "site_reliability"},
    {"security guard|security officer|firefighter|police|loss prevention|"
     "correctional|vigilante|wachmann",
     "public_safety"},
    {"cybersecurity|cyber|information security|application security|"
     "penetration|soc analyst|security|ciso$|threat|red team|infosec|"
     "vulnerability|identity and access|iam$|ciberseguridad",
     "security"},
    {"gis$|geospatial|cartograph|remote sensing|surveying|geomatic",
     "geospatial"},
    {"quantitative|quant$|quants$", "quantitative_finance"},
    {"bootloader|embedded|firmware|bsp$|device driver|rtos",
     "embedded_software"},
    {"robotic|motion planning|autonomous|autonomy|slam$|perception engineer|"
     "ros engineer|mechatron",
     "robotics"},
    {"asic$|fpga|hardware|pcb|rf engineer|silicon|vlsi|electronics|analog|"
     "design verification|physical design|soc design|semiconductor|rtl$|"
     "chip$",
     "hardware_engineering"},
    {"data scien|cientista de dados|científico de datos|cientifico de datos|"
     "data scient|datový vědec|adattudós",
     "data_science"},
    {"data engineer|etl$|big data|data platform|data architect|data warehouse|"
     "ingeniero de datos|engenheiro de dados|ingénieur données|inżynier danych|"
     "data infrastructure|dataops|database engineer|adatmérnök",
     "data_engineering"},
    {"research scientist|applied scientist|researcher|research engineer|"
     "forscher|chercheur|postdoc|research fellow|research associate|research "
     "assistant",
     "research"},
    {"machine learning|deep learning|computer vision|nlp$|artificial "
     "intelligence|conversational|llm|generative|prompt engineer|speech "
     "engineer|natural language",
     "machine_learning"},
    {"data analy|business intelligence|analytics|analista de dato|analista de "
     "dado|analyste de donn|analyste données|analitičar podataka|datenanalyst|"
     "analityk danych|data analist|reporting analyst|insights analyst|"
     "product analyst|power bi|tableau|datová analy|datový analy|adatelemző|"
     "dataanaly|analist de date|statistician|biostatistic|auxiliar de dados",
     "data_analytics"},
    {"devops|platform engineer|build engineer|devex|developer experience|"
     "infrastructure engineer|release engineer|kubernetes|ci cd|devsecops|"
     "developer productivity|infrastructure architect",
     "devops_platform"},
    {"blockchain|smart contract|solidity|web3|ethereum|区块链|crypto engineer",
     "blockchain_engineering"},
    {"solutions engineer|sales engineer|presales|pre sales|solution engineer|"
     "customer engineer|forward deployed|solutions consultant|solution "
     "consultant|field engineer|ingénieur commercial|ingeniero comercial",
     "sales_engineering"},
    {"developer advocate|developer relations|evangelist|devrel|developer "
     "marketing|developer community",
     "developer_relations"},
    {"cloud|aws$|azure|gcp$", "cloud_engineering"},
    {"network engineer|network admin|network architect|network delivery|"
     "network operations|noc$|telecom|wireless engineer|network specialist|"
     "network tech|voip",
     "networking"},
    {"database admin|dba$|database manag|database architect",
     "database_administration"},
    {"system administrator|systems administrator|sysadmin|linux|systemadmin|"
     "windows admin|administrador de sistemas|it administrator|system "
     "engineer|systems engineer|systems admin|administrateur système|"
     "administrator system",
     "system_administration"},
    {"solution architect|solutions architect|enterprise architect|technical "
     "architect|software architect|systems architect|it architect|application "
     "architect|integration architect|gtm architect",
     "architecture"},
    {"revenue operations|sales operations|revops|gtm$|go to market|revenue "
     "systems|deal desk|marketing operations|salesforce admin",
     "revenue_operations"},
    {"sales|account executive", "sales"},
    {"ios$|android|mobile|flutter|react native", "mobile_engineering"},
    {"front end|react developer|react engineer|angular|vue developer|前端|"
     "フロントエンド|프론트엔드|javascript developer|web designer",
     "frontend_engineering"},
    {"full stack|fullstack", "fullstack_engineering"},
    {"back end|后端|バックエンド|백엔드|api engineer", "backend_engineering"},
    {"game dev|gameplay|unity dev|unreal|game engineer|game design|game "
     "programmer|level designer",
     "game_development"},
    {"technical writ|documentation|technical author|technical editor",
     "technical_writing"},
    {"support engineer|technical support|help desk|helpdesk|service desk|it "
     "support|desktop support|it specialist|it technician|soporte técnico|"
     "software support|application support|support technique|support "
     "technician|it helpdesk|suporte técnico|it analyst|it manag",
     "it_support"},
    {"user experience|user interface|ux$|product design|interaction design|"
     "service design|design system|usability|head of design|design lead|"
     "design manager|design director|experience design",
     "product_design"},
    {"software|developer|entwickler|desarrollador|développeu|developpeu|"
     "desenvolvedor|programmer|programador|web engineer|programista|"
     "ohjelmisto|szoftver|tarkvara|utvecklare|udvikler|ontwikkelaar|"
     "sviluppatore|informatik|vývojář|programátor|dezvoltator|razvijalec|"
     "разработчик|программист|软件|开发|ソフトウェア|エンジニア|개발|java$|"
     "python$|golang|php$|ruby|net developer|tech lead|technical lead|product "
     "engineer|product focused engineer|product developer|sw engineer|"
     "application engineer|ingénieur logiciel|inżynier oprogramowania|"
     "programozó|fejlesztő|arendaja|kehittäjä|yazılım|kūrėjas|"
     "programmētāj|programuotoj|προγραμματιστ|informatico|informático|"
     "technical staff|founding engineer|lead engineer|staff engineer|"
     "principal engineer|developpement|automation engineer",
     "software_engineering"},
    {"business analy|systems analy|process analy|requirements|"
     "analista de negocio|analista funcional|functional analyst|business "
     "process|analista de sistemas",
     "business_analysis"},
    {"graphic|visual design|creative|art director|motion design|animator|"
     "illustrat|brand design|thumbnail|diseñador|designer gráfico|"
     "video editor|copywriter|3d artist|web design|designer$|multimedia",
     "creative_design"},
    {"customer success|client success|onboarding|implementation",
     "customer_success"},
    {"account manag|key account|accounts manag|partner manag|client partner|"
     "relationship manag|account director|client manag|strategic accounts|"
     "channel manag|partnerships|alliances",
     "account_management"},
    {"business develop|bizdev|sdr$|bdr$|market develop",
     "business_development"},
    {"vertrieb|commercial|ventas|vendedor|vendas|verkäufer|vendeu|"
     "insurance agent|telesales|telemarket|merchandis|farmer remoto|sprzeda|"
     "venditore|verkoper|obchodn|értékesít",
     "sales"},
    {"customer support|customer service|call center|customer care|contact "
     "center|customer experience|atención al cliente|kundenservice|service "
     "client|customer representative|telecall|customer agent|kundenberater|"
     "atendimento|support specialist|support agent|support representative|"
     "technical support|obsługi klienta|ügyfélszolg",
     "customer_support"},
    {"social media|content creat|content|influencer|community manag|youtube|"
     "podcast|blog|editorial|redacteur|redakteur",
     "social_content"},
    {"communications|public relations|external affairs|public affairs|pr "
     "manag|kommunikation|comunicación|government affairs|policy",
     "communications"},
    {"seo$|growth|marketing|brand|campaign|demand gen|paid media|ppc$|"
     "advertis|mercadotecnia|market research|market specialist|crm$",
     "marketing"},
    {"recruit|talent acquisition|sourcer|talent partner|headhunt|rekruter|"
     "reclutador",
     "recruiting"},
    {"instructional|learning and development|l d$|training|trainer|formation|"
     "learning design|enablement|ausbilder|formador",
     "learning_development"},
    {"human resources|people partner|people operations|hrbp|payroll|"
     "compensation|total rewards|people experience|benefits|personalreferent|"
     "recursos humanos|ressources humaines|people manag|people lead|chief "
     "people|rh$|kadr|people culture",
     "human_resources"},
    {"collections|credit|loan|lending|mortgage|underwrit|banker|banking|"
     "teller|capital markets|treasury sales|kredit",
     "banking_lending"},
    {"fraud|risk|anti money|aml$|kyc$", "risk_fraud"},
    {"claims|actuar|insurance|broker|adjuster|versicherung|seguros",
     "insurance"},
    {"accountant|accounting|controller|bookkeep|audit|buchhalt|tax$|accounts "
     "payable|accounts receivable|contador|contable|comptable|księgow|billing|"
     "contabil|könyvelő|účetní",
     "accounting"},
    {"financial|fp a$|finance|treasury|investment|investor|chief financial|"
     "pricing|finanzas|finanz|equity|trader|wealth|mutual fund|stock broking|"
     "fund ",
     "finance"},
    {"compliance|privacy|regulatory|data protection|ethics|governance",
     "compliance_privacy"},
    {"counsel|attorney|lawyer|legal|paralegal|jurist|jurídic|abogad|advogad|"
     "rechtsanwalt|avocat|law clerk|litigation|prawnik",
     "legal"},
    {"procurement|purchasing|buyer|sourcing|einkäufer|einkauf|acheteu|"
     "comprador|category manag|vendor manag|beszerző",
     "procurement"},
    {"warehouse|forklift|picker|packer|lagerist|lager|fulfillment|"
     "magazynier|raktár|magasinier|almacén|stock associate",
     "warehouse"},
    {"supply chain|logisti|inventory|demand plan|customs|freight|"
     "import export|dispatcher|transportation manag|speditio",
     "supply_chain"},
    {"executive assistant|personal assistant|assistant to",
     "executive_assistance"},
    {"administrative|office manag|receptionist|virtual assistant|data entry|"
     "clerk|office assistant|secretary|sekretär|administrativ|assistente|"
     "auxiliar|asistente|scheduler|scheduling|sachbearbeiter|office admin|"
     "adminis|biuro",
     "administration"},
    {"mechanical|maschinenbau|mécanique|mecánico|mechanik",
     "mechanical_engineering"},
    {"electrical engineer|elektroingenieur|power engineer|electrical design|"
     "power systems",
     "electrical_engineering"},
    {"aerospace|avionics|propulsion|flight|spacecraft|gnc$",
     "aerospace_engineering"},
    {"manufacturing|process engineer|industrial engineer|production engineer|"
     "npi$|tooling|lean ",
     "manufacturing_engineering"},
    {"civil engineer|structural engineer|construction|architectural|quantity "
     "survey|site engineer|bauleiter|bauingenieur|drafter|architekt$|"
     "estimator|building",
     "civil_construction"},
    {"chemical|chemist|materials", "chemistry_materials"},
    {"environment|sustainab|energy|solar|wind |renewable|residuos|climate|esg$",
     "environment_energy"},
    {"maintenance|karbantart|instandhalt|technicien|technician|techniker|"
     "técnico|wartung|field service|monteur|technik|tecnico|servicetech|"
     "údržb|utrzymania ruchu|mantenimiento|manutenç|manutenzione|hooldus|"
     "vedligehold|underhåll|huoltoasentaja|întreținere",
     "technician"},
    {"electrician|plumber|welder|carpenter|mechanic|mason|painter|elektriker|"
     "hvac|roofer|machinist|schreiner|klempner|électricien|soldador|installer|"
     "joiner|bricklayer",
     "trades"},
    {"production|assembly|operator|machine op|produktionsmitarbeiter|opérateur|"
     "operario|factory",
     "production_work"},
    {"nurse|nursing|krankenpfleg|infirmi|enfermer|pielęgniar|midwife|"
     "pflegefach",
     "nursing"},
    {"physician|doctor$|surgeon|radiolog|teleradiology|psychiatrist|dentist|"
     "veterinar|arzt|ärztin|médecin|médico|anesthes|cardiolog|pediatric",
     "physician"},
    {"biolog|bioinformat|life science|laborator|genom|biotech|clinical "
     "research|clinical trial|scientist|biochem|microbio",
     "life_sciences"},
    {"medical|clinical|therap|pharmac|dental|patient|health|caregiver|"
     "carer$|care assistant|optometr|psycholog|functional assessor|paramedic|"
     "caretaker|phlebotom|pflege|altenpfleg|radiographer|sonograph|dietit",
     "healthcare"},
    {"social work|counselor|case manag|sozialarbeit|youth worker|outreach",
     "social_work"},
    {"teach|instructor|tutor|professor|education|lecturer|profesor|docente|"
     "lehrer|enseignant|learning|school|academic|faculty|nauczyciel|tanár",
     "education"},
    {"translat|interpret|localiz|traductor|übersetzer|linguist", "translation"},
    {"driver|courier|truck|chauffeur|fahrer|driving|conductor|pilot|delivery|"
     "rider|kierowca|sofőr|livreur",
     "transport"},
    {"chef|cook$|barista|restaurant|hospitality|hotel|kitchen|waiter|"
     "waitress|bartender|housekeep|concierge|catering|koch|küche|cuisin|"
     "food|back of house|front of house|guest|attendant|server$|barman",
     "hospitality"},
    {"retail|store|cashier|shop|boutique|vendeuse|merchandiser|stylist|"
     "beauty|tienda",
     "retail"},
    {"journalist|editor|reporter|producer|video|photograph|film|audio|writer|"
     "studio",
     "media"},
    {"real estate|property manag|leasing|realtor|immobili|property|facilit",
     "real_estate"},
    {"consultant|consulting|advisory|berater|consultor|konsulent|doradca|"
     "strategy|strategist",
     "consulting"},
    {"operations|operativ|logist|event|coordinator", "operations"},
    {"managing director|general manag|ceo$|chief executive|president|founder|"
     "country manag|geschäftsführer|branch manag|regional manag|chief "
     "operating",
     "general_management"},
    {"engineer|ingenieur|ingénieur|ingeniero|engenheiro|inżynier|mérnök|"
     "insinöör|inseneri|insener|ingegnere|ingenjör|ingeniør|工程师|inženýr|"
     "mühendis|inginer|inženjer|инженер",
     "engineering_other"},
};

/// The phrases of all roles in one scanner, with the row of each.
class role_phrases {
public:
  role_phrases() {
    for (std::size_t row = 0; row < std::size(roles); ++row)
      text::for_each_phrase(roles[row].phrases, [&](std::string_view phrase) {
        auto must_end = phrase.back() == '$';
        phrase.remove_suffix(must_end ? 1 : 0);
        texts_.push_back(std::string{phrase} + (must_end ? "" : "*"));
        rows_.push_back(row);
      });
    scanner_.emplace(std::vector<std::string_view>(texts_.begin(), texts_.end()));
  }

  /// The first row that has a phrase in the title; `size(roles)` if none.
  std::size_t first_row(std::string_view title) const {
    auto first = std::size(roles);
    scanner_->scan(text::folded_text{title},
                   [&](const text::phrase_scanner::hit& one) {
                     first = std::min(first, rows_[one.phrase]);
                   });
    return first;
  }

private:
  std::vector<std::string> texts_;
  std::vector<std::size_t> rows_;
  std::optional<text::phrase_scanner> scanner_;
};

} // namespace

const role_family* find_role_family(std::string_view slug) {
  auto found =
      std::find_if(std::begin(families), std::end(families),
                   [&](const role_family& one) { return one.slug == slug; });
  return found == std::end(families) ? nullptr : found;
}

std::size_t role_family_count() {
  return std::size(families);
}

std::string_view role_family_of(std::string_view given) {
  // Behind " at " stands a company, whatever its name says.
  auto title = given.substr(0, std::min(given.find(" at "), given.size()));
  static const role_phrases phrases;
  auto row = phrases.first_row(title);
  return row == std::size(roles) ? "other" : roles[row].family;
}

} // namespace jobfarm::normalize
