#include "actors/normalize/statements.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace jobfarm;
using namespace jobfarm::normalize;

TEST_CASE("experience is asked for in many languages and in words") {
  struct row {
    const char* text;
    double min;
    double max;
  };
  constexpr double open = -1;
  constexpr row rows[] = {
      {"5+ years of experience", 5, open},
      {"at least five years of experience", 5, open},
      {"five (5) years of experience", 5, open},
      {"3 to 5 years' experience", 3, 5},
      {"3–5 yrs experience", 3, 5},
      {"7 or more years of relevant experience", 7, open},
      {"Mindestens 3 Jahre Berufserfahrung", 3, open},
      {"3-5 Jahre Erfahrung", 3, 5},
      {"drei Jahre Berufserfahrung", 3, open},
      {"3 ans d'expérience minimum", 3, open},
      {"3 à 5 ans d'expérience", 3, 5},
      {"3 años de experiencia", 3, open},
      {"Al menos cinco años de experiencia", 5, open},
      {"3 anni di esperienza", 3, open},
      {"3 anos de experiência", 3, open},
      {"3 jaar ervaring", 3, open},
      {"min. 3 lata doświadczenia", 3, open},
      {"опыт работы от 3 лет", 3, open},
      {"実務経験3年以上", 3, open},
      {"3年以上工作经验", 3, open},
  };
  for (const auto& one : rows) {
    INFO(one.text);
    auto got = experience_in(one.text);
    CHECK(got.min == one.min);
    if (one.max != open)
      CHECK(got.max == one.max);
  }
  for (auto text :
       {"Acme has been leading for over 20 years.",
        "You are at least 18 years old.", "A 2 years warranty.",
        "Seit 1950 sind wir da: 70 Jahre.", "401k after one year"}) {
    INFO(text);
    CHECK_FALSE(experience_in(text).min);
  }
}

TEST_CASE("sponsorship is read with the sentence that speaks of it") {
  for (auto text :
       {"We are unable to sponsor or transfer visas at this time.",
        "Applicants must be authorized to work in the US without sponsorship "
        "now or in the future.",
        "This role is not eligible for visa sponsorship.",
        "We do not currently offer visa sponsorship.",
        "Visa sponsorship is not available.", "No H1B, no C2C.",
        "Acme will not provide immigration sponsorship for this position.",
        "Wir bieten kein Visasponsoring.", "Pas de sponsoring de visa.",
        "Sin patrocinio de visa.", "不提供签证。"}) {
    INFO(text);
    auto got = visa_in(std::string{"About us. Great team.\n"} + text);
    CHECK(got.sponsorship == visa_sponsorship::not_offered);
    CHECK(got.sentence == text);
  }
  for (auto text :
       {"We offer visa sponsorship and relocation.",
        "Visa sponsorship is available for this role.",
        "If you do not have the right to work, we can sponsor your visa.",
        "Relocation and H-1B processing available.",
        "Wir bieten Visa-Unterstützung.", "Ofrecemos patrocinio de visa.",
        "ビザサポートあり"}) {
    INFO(text);
    CHECK(visa_in(text).sponsorship == visa_sponsorship::offered);
  }
  for (auto text :
       {"You must be authorized to work in the United States.",
        "We accept Visa and Mastercard.", "You find an executive sponsor.",
        "You manage event sponsorship.",
        "Will you now or in the future require visa sponsorship?",
        "regardless of citizenship or national origin",
        "We participate in E-Verify."}) {
    INFO(text);
    CHECK(visa_in(text).sponsorship == visa_sponsorship::unknown);
  }
}
