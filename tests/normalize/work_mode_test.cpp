#include "actors/normalize/work_mode.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::normalize;

TEST_CASE("sentences state where the work is done") {
  struct row {
    const char* text;
    work_mode mode;
  };
  constexpr row rows[] = {
      {"This is a fully remote position.", work_mode::remote},
      {"You can work from anywhere in Europe.", work_mode::remote},
      {"This role is remote within the United States.", work_mode::remote},
      {"Die Stelle ist 100% remote.", work_mode::remote},
      {"Poste en full remote.", work_mode::remote},
      {"Trabajo remoto desde cualquier lugar.", work_mode::remote},
      {"Praca zdalna.", work_mode::remote},
      {"フルリモート可", work_mode::remote},
      {"We work in a hybrid model.", work_mode::hybrid},
      {"You will spend three days a week in the office.", work_mode::hybrid},
      {"Hybrid: 2 days from home.", work_mode::hybrid},
      {"3 Tage im Homeoffice möglich.", work_mode::hybrid},
      {"2 jours de télétravail par semaine.", work_mode::hybrid},
      {"Modalidad híbrida en Madrid.", work_mode::hybrid},
      {"Praca hybrydowa.", work_mode::hybrid},
      {"This is an onsite role in Austin.", work_mode::onsite},
      {"The position is based in our London office.", work_mode::onsite},
      {"Remote candidates will not be considered.", work_mode::onsite},
      {"This is not a remote position.", work_mode::onsite},
      {"This role cannot be performed remotely.", work_mode::onsite},
      {"Modalidad presencial.", work_mode::onsite},
      {"Experience with remote sensing.", work_mode::unknown},
      {"We build hybrid cloud software.", work_mode::unknown},
      {"Perks: onsite gym and free lunch.", work_mode::unknown},
      {"Provide remote support to customers.", work_mode::unknown},
      {"Experience in remote work tools.", work_mode::unknown},
      {"You enjoy talking to people.", work_mode::unknown},
  };
  for (const auto& one : rows) {
    INFO(one.text);
    CHECK(mode_in_description(one.text) == one.mode);
  }
}
