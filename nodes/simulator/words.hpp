#pragma once

#include "nodes/simulator/world.hpp"

#include <cstdint>
#include <string_view>

/// The words that made-up jobs are made of.
namespace jobfarm::simulator_world::words {

constexpr std::string_view company_heads[] = {
    "Amber",    "Birch",   "Cobalt",  "Delta",   "Ember",    "Fathom",
    "Granite",  "Harbor",  "Indigo",  "Juniper", "Keystone", "Lumen",
    "Meridian", "Nimbus",  "Orchard", "Pioneer", "Quartz",   "Ridge",
    "Summit",   "Tidal",   "Umbra",   "Vertex",  "Willow",   "Zephyr",
    "Aurora",   "Bastion", "Cascade", "Drift"};
constexpr std::string_view company_tails[] = {
    "Systems", "Robotics", "Health",   "Logistics", "Analytics", "Payments",
    "Energy",  "Learning", "Security", "Cloud",     "Mobility",  "Foods",
    "Media",   "Labs",     "Networks", "Insurance"};

/// Level words before a title and the level they mean.
struct title_level {
  std::string_view prefix;
  std::string_view level;
};
constexpr title_level levels[] = {{"", "unknown"},
                                  {"Senior ", "senior"},
                                  {"Staff ", "staff"},
                                  {"", "unknown"},
                                  {"Principal ", "principal"},
                                  {"Junior ", "junior"},
                                  {"Senior ", "senior"},
                                  {"Lead ", "lead"}};

constexpr std::string_view program_titles[] = {"Technical Program Manager",
                                               "Program Manager",
                                               "Technical Project Manager",
                                               "Project Manager",
                                               "Infrastructure Program Manager",
                                               "Product Manager",
                                               "Delivery Manager",
                                               "Release Manager",
                                               "Scrum Master"};
constexpr std::string_view other_titles[] = {"Software Engineer",
                                             "Data Engineer",
                                             "Site Reliability Engineer",
                                             "Product Designer",
                                             "Data Scientist",
                                             "Security Engineer",
                                             "Customer Success Manager",
                                             "Business Analyst",
                                             "QA Engineer",
                                             "Frontend Developer",
                                             "Mobile Engineer",
                                             "Solutions Architect",
                                             "Account Executive",
                                             "Technical Writer",
                                             "Machine Learning Engineer",
                                             "Network Engineer",
                                             "Financial Analyst",
                                             "Support Engineer"};
constexpr std::string_view areas[] = {"Cloud Platform",  "Payments",
                                      "Developer Tools", "Growth",
                                      "Identity",        "Supply Chain",
                                      "Mapping",         "Data Platform",
                                      "Observability",   "Fraud",
                                      "Storage",         "Devices",
                                      "Search",          "Checkout",
                                      "Compliance",      "Edge",
                                      "Billing",         "Messaging",
                                      "Marketplace",     "Internal Tools",
                                      "Privacy",         "Partner Integrations",
                                      "Forecasting",     "Telemetry"};

constexpr spot spots[] = {
    {"San Francisco, CA", "San Francisco", "US", "USD"},
    {"New York, NY, USA", "New York", "US", "USD"},
    {"Austin, TX", "Austin", "US", "USD"},
    {"Seattle, Washington, United States", "Seattle", "US", "USD"},
    {"US-CO-Denver", "Denver", "US", "USD"},
    {"Boston, MA", "Boston", "US", "USD"},
    {"Toronto, ON, Canada", "Toronto", "CA", "CAD"},
    {"Vancouver, British Columbia, Canada", "Vancouver", "CA", "CAD"},
    {"Mexico City, Mexico", "Mexico City", "MX", "MXN"},
    {"London, UK", "London", "GB", "GBP"},
    {"Manchester, United Kingdom", "Manchester", "GB", "GBP"},
    {"Dublin, Ireland", "Dublin", "IE", "EUR"},
    {"Berlin, Germany", "Berlin", "DE", "EUR"},
    {"M\u00fcnchen, Deutschland", "Munich", "DE", "EUR"},
    {"Hamburg, DEU", "Hamburg", "DE", "EUR"},
    {"Paris, France", "Paris", "FR", "EUR"},
    {"Amsterdam, Netherlands", "Amsterdam", "NL", "EUR"},
    {"Brussels, Belgium", "Brussels", "BE", "EUR"},
    {"Zurich, Switzerland", "Zurich", "CH", "CHF"},
    {"Vienna, Austria", "Vienna", "AT", "EUR"},
    {"Madrid, Spain", "Madrid", "ES", "EUR"},
    {"Lisbon, Portugal", "Lisbon", "PT", "EUR"},
    {"Milan, Italy", "Milan", "IT", "EUR"},
    {"Athens, Greece", "Athens", "GR", "EUR"},
    {"Stockholm, Sweden", "Stockholm", "SE", "SEK"},
    {"Oslo, Norway", "Oslo", "NO", "NOK"},
    {"Copenhagen, Denmark", "Copenhagen", "DK", "DKK"},
    {"Helsinki, Finland", "Helsinki", "FI", "EUR"},
    {"Tallinn, Estonia", "Tallinn", "EE", "EUR"},
    {"Warszawa, Poland", "Warsaw", "PL", "PLN"},
    {"Prague, Czechia", "Prague", "CZ", "CZK"},
    {"Budapest, Hungary", "Budapest", "HU", "HUF"},
    {"Bucharest, Romania", "Bucharest", "RO", "RON"},
    {"Sofia, Bulgaria", "Sofia", "BG", "BGN"},
    {"Kyiv, Ukraine", "Kyiv", "UA", "USD"},
    {"Belgrade, Serbia", "Belgrade", "RS", "EUR"},
    {"Istanbul, Turkey", "Istanbul", "TR", "TRY"},
    {"Tel Aviv, Israel", "Tel Aviv", "IL", "ILS"},
    {"Dubai, United Arab Emirates", "Dubai", "AE", "AED"},
    {"Riyadh, Saudi Arabia", "Riyadh", "SA", "SAR"},
    {"Doha, Qatar", "Doha", "QA", "QAR"},
    {"Cairo, Egypt", "Cairo", "EG", "EGP"},
    {"Lagos, Nigeria", "Lagos", "NG", "NGN"},
    {"Nairobi, Kenya", "Nairobi", "KE", "KES"},
    {"Cape Town, South Africa", "Cape Town", "ZA", "ZAR"},
    {"Casablanca, Morocco", "Casablanca", "MA", "MAD"},
    {"Accra, Ghana", "Accra", "GH", "GHS"},
    {"Bengaluru, Karnataka, India", "Bengaluru", "IN", "INR"},
    {"Hyderabad, India", "Hyderabad", "IN", "INR"},
    {"Lahore, Pakistan", "Lahore", "PK", "PKR"},
    {"Dhaka, Bangladesh", "Dhaka", "BD", "BDT"},
    {"Colombo, Sri Lanka", "Colombo", "LK", "LKR"},
    {"Tokyo, Japan", "Tokyo", "JP", "JPY"},
    {"Seoul, South Korea", "Seoul", "KR", "KRW"},
    {"Taipei, Taiwan", "Taipei", "TW", "TWD"},
    {"Shanghai, China", "Shanghai", "CN", "CNY"},
    {"Singapore", "Singapore", "SG", "SGD"},
    {"Kuala Lumpur, Malaysia", "Kuala Lumpur", "MY", "MYR"},
    {"Bangkok, Thailand", "Bangkok", "TH", "THB"},
    {"Ho Chi Minh City, Vietnam", "Ho Chi Minh City", "VN", "VND"},
    {"Manila, Philippines", "Manila", "PH", "PHP"},
    {"Jakarta, Indonesia", "Jakarta", "ID", "IDR"},
    {"Sydney, NSW, Australia", "Sydney", "AU", "AUD"},
    {"Melbourne, Australia", "Melbourne", "AU", "AUD"},
    {"Auckland, New Zealand", "Auckland", "NZ", "NZD"},
    {"S\u00e3o Paulo, Brazil", "S\u00e3o Paulo", "BR", "BRL"},
    {"Buenos Aires, Argentina", "Buenos Aires", "AR", "USD"},
    {"Santiago, Chile", "Santiago", "CL", "CLP"},
    {"Bogot\u00e1, Colombia", "Bogot\u00e1", "CO", "COP"},
    {"Lima, Peru", "Lima", "PE", "PEN"},
};

/// Pay by currency: where it begins, its step, and how it is counted.
struct pay_level {
  std::string_view currency;
  std::int64_t low;
  std::int64_t step;
  std::string_view period;
};
constexpr pay_level pay_levels[] = {
    {"USD", 90'000, 5'000, "year"},      {"CAD", 85'000, 5'000, "year"},
    {"GBP", 55'000, 2'500, "year"},      {"EUR", 52'000, 2'500, "year"},
    {"CHF", 95'000, 5'000, "year"},      {"AUD", 110'000, 5'000, "year"},
    {"NZD", 95'000, 5'000, "year"},      {"SEK", 45'000, 2'500, "month"},
    {"NOK", 600'000, 25'000, "year"},    {"DKK", 45'000, 2'500, "month"},
    {"PLN", 14'000, 1'000, "month"},     {"CZK", 70'000, 5'000, "month"},
    {"HUF", 900'000, 50'000, "month"},   {"RON", 12'000, 1'000, "month"},
    {"INR", 2'000'000, 250'000, "year"}, {"JPY", 7'000'000, 500'000, "year"},
    {"SGD", 7'000, 500, "month"},        {"BRL", 12'000, 1'000, "month"},
    {"MXN", 50'000, 5'000, "month"},     {"ILS", 25'000, 2'000, "month"},
    {"AED", 22'000, 2'000, "month"},     {"ZAR", 45'000, 5'000, "month"},
};

constexpr std::string_view about[] = {
    "builds the tools that other teams rely on every day.",
    "is growing quickly and looks for people who finish what they begin.",
    "runs one of the busiest platforms of its field.",
    "brings careful engineering to an old industry.",
    "was founded by people who wanted work to be calmer."};
constexpr std::string_view verbs[] = {
    "Plan",    "Lead",    "Coordinate", "Measure",   "Review",
    "Improve", "Deliver", "Document",   "Negotiate", "Automate",
    "Launch",  "Prepare", "Simplify",   "Unblock"};
constexpr std::string_view objects[] = {
    "quarterly roadmaps", "cross-team launches", "migration programs",
    "incident reviews",   "vendor contracts",    "release trains",
    "capacity forecasts", "risk registers",      "customer rollouts",
    "hardware bring-ups", "data pipelines",      "security audits",
    "design reviews",     "on-call rotations",   "budget plans",
    "status reports"};
constexpr std::string_view partners[] = {
    "engineering leads",  "product managers", "finance partners",
    "designers",          "regional teams",   "suppliers",
    "the executive team", "researchers",      "support engineers",
    "legal counsel",      "customers",        "data scientists"};
constexpr std::string_view manners[] = {
    "across four time zones",      "in short iterations",
    "with clear metrics",          "from first idea to production",
    "under tight deadlines",       "with care for detail",
    "and keep everybody informed", "while the system keeps running",
    "with written proposals",      "at a sustainable pace"};
constexpr std::string_view fields[] = {
    "program management", "software delivery",    "cloud infrastructure",
    "data products",      "hardware development", "consumer applications",
    "financial systems",  "enterprise software"};
constexpr std::string_view skills[] = {"Jira",
                                       "Kubernetes",
                                       "AWS",
                                       "SQL",
                                       "Scrum",
                                       "Python",
                                       "Tableau",
                                       "Terraform",
                                       "Agile",
                                       "risk management",
                                       "Kafka",
                                       "Azure",
                                       "CI/CD",
                                       "GraphQL",
                                       "Smartsheet",
                                       "stakeholder management",
                                       "Java",
                                       "Docker",
                                       "machine learning",
                                       "GDPR"};

} // namespace jobfarm::simulator_world::words
