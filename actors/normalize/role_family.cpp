#include "actors/normalize/title.hpp"

#include <array>

namespace jobfarm::normalize {

namespace {

struct role {
  /// Words that must all occur as words or beginnings of words; `|` separates
  /// alternatives of the whole.
  std::string_view words;
  std::string_view family;
};

/// The special before the general: the first that fits decides. Built from the
/// ladder and synonyms of O*NET 15-1299.09, 13-1082.00 and ESCO 1.2 for
/// technical program management (CC BY 4.0), and common usage for the rest.
constexpr role roles[] = {
    {"construction program manager|clinical program|affiliate|property manager",
     "other"},
    {"product marketing", "product_marketing"},
    {"technical program manager|technical project manager|technical delivery "
     "manager|release train engineer|it program|engineering program|software "
     "program|infrastructure program|security program|data program|hardware "
     "program|npi program|artificial intelligence program|machine learning "
     "program|it project manager|engineering project manager|technical program",
     "technical_program_management"},
    {"scrum master|agile coach|agile program", "agile_delivery"},
    {"release manager", "release_management"},
    {"delivery manager|delivery lead", "delivery_management"},
    {"program manager|program management|program director|program lead|pmo|"
     "portfolio manager|transformation manager|implementation program",
     "program_management"},
    {"product owner", "product_management"},
    {"product manager|product management|head of product|director product|"
     "product lead|vice president product|group product|chief product",
     "product_management"},
    {"project manager|project management|project lead|projektleiter|"
     "projektmanager|chef de projet|jefe de proyecto|project coordinator",
     "project_management"},
    {"engineering manager|director engineering|head of engineering|software "
     "development manager|vice president engineering|manager engineering|"
     "manager software|chief technology",
     "engineering_management"},
    {"chief of staff", "chief_of_staff"},
    {"site reliability|reliability engineer", "site_reliability"},
    {"devops|platform engineer|build engineer|devex|developer experience",
     "devops_platform"},
    {"security engineer|cybersecurity|cyber security|information security|"
     "application security|penetration|soc analyst|security analyst|security "
     "architect|ciso|security",
     "security"},
    {"machine learning|deep learning|mlops|computer vision|nlp|artificial "
     "intelligence engineer|conversational",
     "machine_learning"},
    {"research scientist|applied scientist|researcher", "research"},
    {"data scien", "data_science"},
    {"data engineer|etl|big data|data platform|data architect|analytics "
     "engineer|data model",
     "data_engineering"},
    {"data analyst|business intelligence|analytics|analista de dato|analista "
     "de "
     "dado",
     "data_analytics"},
    {"quantitative|quant", "quantitative_finance"},
    {"quality assurance|test engineer|in test|tester|test automation|quality "
     "engineer",
     "quality_assurance"},
    {"embedded|firmware|bootloader", "embedded_software"},
    {"asic|fpga|hardware|pcb|electrical engineer|rf engineer|silicon|vlsi|"
     "electronics",
     "hardware_engineering"},
    {"robotic|motion planning|autonomous|autonomy", "robotics"},
    {"ios|android|mobile", "mobile_engineering"},
    {"front end|react developer|angular", "frontend_engineering"},
    {"full stack", "fullstack_engineering"},
    {"back end", "backend_engineering"},
    {"game developer|gameplay|unity|unreal", "game_development"},
    {"cloud engineer|cloud architect|aws|azure|gcp|cloud operations",
     "cloud_engineering"},
    {"network engineer|network administrator|network architect", "networking"},
    {"database administrator|dba", "database_administration"},
    {"system administrator|systems administrator|sysadmin|linux",
     "system_administration"},
    {"solution architect|solutions architect|enterprise architect|technical "
     "architect|software architect",
     "architecture"},
    {"solutions engineer|sales engineer|presales|pre sales|solution engineer",
     "sales_engineering"},
    {"developer advocate|developer relations|evangelist",
     "developer_relations"},
    {"technical writer|documentation", "technical_writing"},
    {"software|developer|entwickler|desarrollador|développeur|desenvolvedor|"
     "programmer|ingeniero de software|programador|web engineer",
     "software_engineering"},
    {"support engineer|technical support|help desk|helpdesk|service desk|it "
     "support",
     "it_support"},
    {"user experience|user interface|ux|product design|interaction design",
     "product_design"},
    {"graphic design|visual design|creative|art director|motion "
     "design|animator",
     "creative_design"},
    {"business analyst|systems analyst|process analyst", "business_analysis"},
    {"account executive|sales representative|sales manager|business "
     "development|sales|vertrieb|account manager|commercial",
     "sales"},
    {"customer success", "customer_success"},
    {"customer support|customer service|call center|customer care",
     "customer_support"},
    {"seo|growth|marketing|brand|content|social media|communications|public "
     "relations",
     "marketing"},
    {"recruit|talent acquisition|sourcer", "recruiting"},
    {"human resources|people partner|people operations|hrbp|payroll|"
     "compensation",
     "human_resources"},
    {"accountant|accounting|controller|bookkeep|audit|buchhalt|tax",
     "accounting"},
    {"financial analyst|fp a|finance|treasury|investment|investor", "finance"},
    {"counsel|attorney|lawyer|legal|paralegal|compliance|privacy",
     "legal_compliance"},
    {"supply chain|logistics|procurement|purchasing|buyer|warehouse",
     "supply_chain"},
    {"operations manager|operations|office manager|executive assistant|"
     "administrative|administrator",
     "operations"},
    {"mechanical engineer|mechanical design", "mechanical_engineering"},
    {"manufacturing|production engineer|process engineer|industrial engineer",
     "manufacturing_engineering"},
    {"civil engineer|structural engineer|construction", "civil_construction"},
    {"chemical engineer|chemist|materials", "chemistry_materials"},
    {"maintenance|technician|mechanic|electrician|karbantart", "technician"},
    {"nurse|nursing", "nursing"},
    {"physician|doctor|medical|clinical|therapist|pharmac|dental",
     "healthcare"},
    {"biolog|bioinformat|life science|laborator", "life_sciences"},
    {"teacher|instructor|tutor|professor|education|lecturer", "education"},
    {"driver|delivery driver|courier|truck", "transport"},
    {"retail|store|cashier|barista|cook|chef|restaurant|hospitality|hotel",
     "retail_hospitality"},
    {"consultant|consulting|advisory|berater", "consulting"},
    {"engineer|ingenieur|ingeniero|inżynier|mérnök", "engineering_other"},
};

bool has_word_start(std::string_view title, std::string_view word) {
  for (auto at = title.find(word); at != title.npos;
       at = title.find(word, at + 1))
    if (at == 0 || title[at - 1] == ' ')
      return true;
  return false;
}

} // namespace

std::string_view role_family_of(std::string_view title) {
  for (const auto& one : roles) {
    auto rest = one.words;
    while (!rest.empty()) {
      auto end = std::min(rest.find('|'), rest.size());
      if (has_word_start(title, rest.substr(0, end)))
        return one.family;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return "other";
}

} // namespace jobfarm::normalize
