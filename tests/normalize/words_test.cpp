#include "actors/normalize/company.hpp"
#include "actors/normalize/employment.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/role_family.hpp"
#include "actors/normalize/skills.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/normalize/title.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace jobfarm;
using namespace jobfarm::normalize;

TEST_CASE("a title is cleaned of what is not the title") {
  const std::vector<place> berlin = {{"Berlin", "Berlin", "", "", "DE"}};
  CHECK(clean_title("Senior TPM (m/f/d) - Remote", {&berlin}) == "Senior TPM");
  CHECK(clean_title("REQ-7622 Product Manager, Payments", {&berlin})
        == "Product Manager, Payments");
  CHECK(clean_title("\xF0\x9F\x9A\x80 Staff Engineer | Berlin", {&berlin})
        == "Staff Engineer");
  CHECK(clean_title("PROGRAM MANAGER, CLOUD", {}) == "Program Manager, Cloud");
  CHECK(clean_title("R&amp;D  Lead ", {}) == "R&D Lead");
  CHECK(clean_title("(Remote)", {}) == "(Remote)");
}

TEST_CASE("a place or company goes with a title by any of its names") {
  const std::vector<place> munich = {{"Munich", "Munich", "Bavaria", "", "DE"}};
  const std::vector<place> unknown = {
      {"Xanaduville", "Xanaduville", "", "", ""}};
  auto world = *gazetteer::open(JOBFARM_GAZETTEER);
  title_context context{&munich, "A.C.M.E. Robotics", world.get()};
  for (auto tail :
       {", M\xC3\xBCnchen", " - Monachium", ", Greater Munich", ", Munich, DE",
        " | acme robotics GmbH", " - The A.C.M.E. Robotics, Inc."})
    CHECK(clean_title(std::string{"Engineer"} + tail, context) == "Engineer");
  for (auto tail : {", Munchkins", ", Robotics", ", Xanaduville"}) {
    auto title = std::string{"Engineer"} + tail;
    CHECK(clean_title(title, context) == title);
  }
  CHECK(clean_title("Engineer, Xanaduville", {&unknown}) == "Engineer");
  auto key = normalize_company(context.company);
  context.company_key = key;
  CHECK(clean_title("Engineer | acme robotics GmbH", context) == "Engineer");
  CHECK(clean_title("Engineer | Acme", context) == "Engineer | Acme");
}

TEST_CASE("abbreviations are written out for matching") {
  CHECK(normalize_title("Sr. TPM, Cloud")
        == "senior technical program manager cloud");
  CHECK(normalize_title("SWE II - ML")
        == "software engineer 2 machine learning");
}

TEST_CASE("seniority by cues, not by what a manager manages") {
  auto level = [](std::string_view title) {
    return seniority_of(normalize_title(title));
  };
  CHECK(level("Sr. Program Manager") == seniority::senior);
  CHECK(level("Program Manager") == seniority::unknown);
  CHECK(level("Engineering Manager") == seniority::manager);
  CHECK(level("Associate Director, Programs") == seniority::director);
  CHECK(level("Staff Engineer") == seniority::staff);
  CHECK(level("Staff Accountant") == seniority::unknown);
  CHECK(level("VP, Product") == seniority::vp);
  CHECK(level("Chief of Staff") == seniority::unknown);
}

TEST_CASE("levels are read from the role, in many languages") {
  auto level = [](std::string_view title) {
    return to_string(seniority_of(normalize_title(title)));
  };
  for (auto [title, wanted] : {
           std::pair{"Software Engineer", "unknown"},
           {"Software Engineer II", "mid"},
           {"SDE III", "senior"},
           {"Android Engineer I", "junior"},
           {"Site Reliability Engineer (4 to 8 years)", "unknown"},
           {"Account Executive, Mid-Market", "unknown"},
           {"Lead Generation Specialist", "unknown"},
           {"Executive Assistant to the CEO", "unknown"},
           {"Founder's Associate", "unknown"},
           {"Internship Program Manager", "unknown"},
           {"Senior Living Advisor", "unknown"},
           {"Engineer, Password Manager", "unknown"},
           {"Early Stage Investor", "unknown"},
           {"Data Entry Clerk", "unknown"},
           {"Engineer at Staff Labs", "unknown"},
           {"Senior Engineering Manager", "manager"},
           {"Senior Product Manager", "senior"},
           {"Senior Manager, Data", "manager"},
           {"Associate Manager, Compliance", "manager"},
           {"Chief Technology Officer", "executive"},
           {"Chief Architect", "principal"},
           {"Head of Growth", "director"},
           {"Senior Vice President, Sales", "vp"},
           {"Principal Staff Engineer", "principal"},
           {"Lead Product Manager", "lead"},
           {"Starszy Programista", "senior"},
           {"Desenvolvedor Pleno", "mid"},
           {"Semi Senior Developer", "mid"},
           {"Medior Java Ontwikkelaar", "mid"},
           {"Werkstudent Marketing", "intern"},
           {"Stage - Data", "intern"},
           {"Estagiário de TI", "intern"},
           {"Machine Learning Engineer, Entry Level", "junior"},
           {"高级软件工程师", "senior"},
       }) {
    INFO(title);
    CHECK(level(title) == wanted);
  }
}

TEST_CASE("families of many trades, and their public codes") {
  auto family = [](std::string_view title) {
    return role_family_of(normalize_title(title));
  };
  for (auto [title, wanted] : {
           std::pair{"Program Manager, Infrastructure",
                     "technical_program_management"},
           {"IT Project Manager", "technical_program_management"},
           {"Release Train Engineer", "technical_program_management"},
           {"Scrum Master", "agile_delivery"},
           {"Service Delivery Manager", "delivery_management"},
           {"Clinical Program Manager", "other"},
           {"Group Product Manager", "product_management"},
           {"Chef de projet digital", "project_management"},
           {"VP of Engineering", "engineering_management"},
           {"Product Designer", "product_design"},
           {"Sales Engineer", "sales_engineering"},
           {"Sales Operations Analyst", "revenue_operations"},
           {"Security Guard", "public_safety"},
           {"Registered Nurse", "nursing"},
           {"Executive Assistant", "executive_assistance"},
           {"Payroll Specialist", "human_resources"},
           {"Steuerberater / Tax Advisor", "accounting"},
           {"Analista de datos", "data_analytics"},
           {"Karbantartó technikus", "technician"},
           {"Forklift Driver", "warehouse"},
           {"Smart Contract Engineer", "blockchain_engineering"},
       }) {
    INFO(title);
    CHECK(family(title) == wanted);
    CHECK(find_role_family(family(title)) != nullptr);
  }
  CHECK(role_family_count() >= 60);
  CHECK(find_role_family("software_engineering")->soc == "15-1252");
  CHECK(find_role_family("nonsense") == nullptr);
}

TEST_CASE("cleaning a title takes time in its size only") {
  std::string hostile;
  while (hostile.size() < 400'000)
    hostile += "([(";
  CHECK_NOTHROW(clean_title(hostile, {}));
  std::string tails = "Engineer";
  while (tails.size() < 100'000)
    tails += " - Remote";
  CHECK(clean_title(tails, {}) == "Engineer");
}

TEST_CASE("program, project, product and engineering management differ") {
  auto family = [](std::string_view title) {
    return role_family_of(normalize_title(title));
  };
  CHECK(family("TPM II") == "technical_program_management");
  CHECK(family("Program Manager") == "program_management");
  CHECK(family("Project Manager") == "project_management");
  CHECK(family("Product Manager") == "product_management");
  CHECK(family("Product Marketing Manager") == "product_marketing");
  CHECK(family("Engineering Manager") == "engineering_management");
  CHECK(family("Construction Program Manager") == "other");
  CHECK(family("Zookeeper") == "other");
}

TEST_CASE("legal forms do not make another company") {
  CHECK(normalize_company("Acme, Inc.") == "acme");
  CHECK(normalize_company("M\xC3\xBCller GmbH & Co. KG") == "muller");
  CHECK(normalize_company("Grupo X S.A. de C.V.") == "grupo x");
  CHECK(normalize_company("华星股份有限公司") == "华星");
  CHECK(normalize_company("华星有限公司") == "华星");
  CHECK(normalize_company("Inc.") == "inc");
  for (auto [name, wanted] : {
           std::pair{"Acme Pty Ltd", "acme"},
           {"Acme Private Limited", "acme"},
           {"Acme Sp. z o.o.", "acme"},
           {"Acme s.r.o.", "acme"},
           {"Acme, spol. s r.o.", "acme"},
           {"Acme Oyj", "acme"},
           {"Acme A/S", "acme"},
           {"Acme AB (publ)", "acme"},
           {"Acme Kft.", "acme"},
           {"Acme d.o.o.", "acme"},
           {"Acme O\xC3\x9C", "acme"},
           {"UAB Acme", "acme"},
           {"PT Acme Tbk", "acme"},
           {"\xD0\x9E\xD0\x9E\xD0\x9E Acme", "acme"},
           {"Acme Sdn. Bhd.", "acme"},
           {"Acme Pte. Ltd.", "acme"},
           {"Acme B.V.", "acme"},
           {"Acme N.V.", "acme"},
           {"Acme S.p.A.", "acme"},
           {"Acme S.r.l.", "acme"},
           {"Acme Ltda.", "acme"},
           {"Acme, Lda", "acme"},
           {"Acme S.L.U.", "acme"},
           {"Acme SAS", "acme"},
           {"Acme K.K.", "acme"},
           {"\xE6\xA0\xAA\xE5\xBC\x8F\xE4\xBC\x9A\xE7\xA4\xBE"
            "Acme",
            "acme"},
           {"Acme FZ-LLC", "acme"},
           {"Acme W.L.L.", "acme"},
           {"Acme UG (haftungsbeschr\xC3\xA4nkt)", "acme"},
           {"Acme Holdings, Inc.", "acme"},
           {"Acme Public Company Limited", "acme"},
           {"The Acme Company", "acme"},
           {"AT&T Inc.", "at t"},
           {"SE", "se"},
           {"Company", "company"},
       }) {
    INFO(name);
    CHECK(normalize_company(name) == wanted);
  }
  CHECK(normalize_company("").empty());
}

TEST_CASE("skills are whole words, with their own case rules") {
  auto has = [](std::string_view text, std::string_view skill) {
    auto all = skills_in(text);
    return std::find(all.begin(), all.end(), skill) != all.end();
  };
  CHECK(has("Strong C++ and Python.", "cplusplus"));
  CHECK(has("AWS/GCP experience", "gcp"));
  CHECK(has("Java, Go, Rust", "go"));
  CHECK_FALSE(has("We go far.", "go"));
  CHECK_FALSE(has("JavaScript only", "java"));
  CHECK(has("with PostgreSQL", "postgresql"));
  CHECK(has("We use React for our frontend", "react"));
  CHECK_FALSE(has("You react to change.", "react"));
  CHECK_FALSE(has("React to incidents quickly.", "react"));
  CHECK_FALSE(has("Excel at communication.", "excel"));
  CHECK(has("Strong Excel skills", "excel"));
  CHECK(has("Python, R and SQL", "r"));
  CHECK(has("R or Python", "r"));
  CHECK(has("C/C++ on Linux", "c"));
  CHECK(has("experience with Embedded C", "c"));
  CHECK(has("services written in Go.", "go"));
  CHECK(has("Go developer", "go"));
  for (auto text : {"R&D budget", "Series C funding", "C-level executives",
                    "Human R. Resources", "vitamin C", "plan C, then D"}) {
    INFO(text);
    CHECK_FALSE(has(text, "r"));
    CHECK_FALSE(has(text, "c"));
  }
  for (auto text : {"Go-to-market plans", "Go live in May", "go, see, do",
                    "Go/no-go meetings"}) {
    INFO(text);
    CHECK_FALSE(has(text, "go"));
  }
  CHECK(has("SAP integration", "sap"));
  CHECK_FALSE(has("it will sap your strength", "sap"));
}

TEST_CASE("experience is what is asked, not how old the company is") {
  CHECK(experience_in("3-5 years of experience").max == 5.0);
  CHECK(experience_in("at least 1.5+ years of buying experience").min == 1.5);
  CHECK_FALSE(experience_in("For over 20 years, Acme has been here.").min);
  CHECK_FALSE(experience_in("2 years warranty").min);
}

TEST_CASE("sponsorship is said, refused, or not spoken of") {
  CHECK(visa_in("We are unable to sponsor visas.").sponsorship
        == visa_sponsorship::not_offered);
  auto offer = visa_in("Join us. Visa sponsorship is available. Apply.");
  CHECK(offer.sponsorship == visa_sponsorship::offered);
  CHECK(offer.sentence == "Visa sponsorship is available.");
  for (auto silent : {"You must be authorized to work in the US.",
                      "We pay by Visa.", "regardless of citizenship"})
    CHECK(visa_in(silent).sponsorship == visa_sponsorship::unknown);
}

TEST_CASE("kinds of contract in many languages") {
  CHECK(employment_of("FullTime") == employment_type::full_time);
  CHECK(employment_of("Contrato temporal") == employment_type::contract);
  CHECK(employment_of("Teilzeit") == employment_type::part_time);
  CHECK(employment_of("casual") == employment_type::unknown);
}
