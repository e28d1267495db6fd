#include "actors/normalize/statements.hpp"

#include <catch2/catch.hpp>

#include <string>

using jobfarm::normalize::language_of;

namespace {

std::string three_times(const std::string& text) {
  return text + ' ' + text + ' ' + text;
}

} // namespace

TEST_CASE("ads in the main languages are told by their function words") {
  struct row {
    const char* language;
    const char* text;
  };
  constexpr row rows[] = {
      {"en", "You will lead the launch of new products with teams that work "
             "across the company, and you are the one they ask for a plan."},
      {"de", "Wir suchen für unser Team eine Person, die mit uns die Projekte "
             "plant und auf der Baustelle für den Ablauf sorgt."},
      {"fr", "Vous pilotez les projets de la division et vous êtes garant du "
             "respect des délais avec les équipes dans le monde."},
      {"es", "Buscamos una persona con ganas de aprender para nuestro equipo "
             "y que planifique los proyectos de la empresa en España."},
      {"pt", "Procuramos uma pessoa com experiência em gestão de projetos para "
             "a nossa equipa, que planeia o trabalho da empresa no Porto."},
      {"it", "Cerchiamo una persona con esperienza nella gestione dei progetti "
             "per la nostra sede, che lavora con il team e con i clienti."},
      {"nl", "Wij zoeken een collega voor ons team die met de klanten werkt en "
             "het project van begin tot eind op de planning houdt."},
      {"ja",
       "サービスの開発をお任せします。チームで協力して課題を解決できる方を"
       "歓迎します。リモート勤務も可能です。"},
  };
  for (const auto& one : rows) {
    INFO(one.text);
    CHECK(language_of(three_times(one.text)) == one.language);
  }
}

TEST_CASE("neighbours of the main languages are not taken for them") {
  struct row {
    const char* language;
    const char* text;
  };
  constexpr row rows[] = {
      {"ca",
       "Busquem una persona amb ganes d'aprendre per al nostre equip, "
       "que planifiqui els projectes de l'empresa i atengui els clients."},
      {"gl", "Buscamos unha persoa con ganas de aprender para o noso equipo, "
             "que planifique os proxectos da empresa e atenda aos clientes."},
      {"af", "Ons soek 'n persoon wat saam met ons span die projekte van die "
             "maatskappy beplan en die kliënte se vrae beantwoord."},
      {"da", "Vi søger en kollega til vores team, som kan planlægge projekter "
             "og tale med kunderne, og som har lyst til at lære mere."},
      {"zh",
       "我们正在寻找一位项目经理，负责公司产品的规划和发布，并与各团队合作。"},
  };
  for (const auto& one : rows) {
    INFO(one.text);
    CHECK(language_of(three_times(one.text)) == one.language);
  }
}

TEST_CASE("a text half in another language is left in doubt") {
  std::string english = "You will lead the launch of new products with teams "
                        "that work across the company, and you are the one "
                        "they ask for a plan of the work.";
  std::string greek = "Ζητούμε άτομο με εμπειρία στη διοίκηση έργων για την "
                      "ομάδα μας στην Αθήνα, με καλή γνώση της αγγλικής.";
  CHECK(language_of(three_times(english + ' ' + greek)) != "de");
  CHECK(language_of(three_times(greek)) == "el");
}
