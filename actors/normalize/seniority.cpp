#include "actors/normalize/title.hpp"
#include "actors/normalize/title_words.hpp"
#include "actors/normalize/whole_phrases.hpp"
#include "actors/text/phrase_table.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::normalize {

namespace {

using s = seniority;

struct cue_group {
  s level;
  /// Words or phrases, `|` between them.
  std::string_view phrases;
};

/// Cues in whole words of a normalised title. The first group that occurs
/// decides: "associate director" is a director, "senior engineering manager"
/// a manager, "senior program manager" senior.
constexpr cue_group cues[] = {
    {s::intern,
     "intern|interns|internship|internships|stagiaire|praktikum|praktikant|"
     "praktikantin|werkstudent|werkstudentin|werkstudium|working student|"
     "student worker|student assistant|alternance|alternant|alternante|"
     "apprentice|apprenticeship|apprenti|apprentie|apprentissage|ausbildung|"
     "auszubildende|auszubildender|azubi|lehrling|duales studium|dual study|"
     "trainee|traineeship|becario|becaria|practicas|prácticas|practicante|"
     "pasante|pasantia|pasantía|estagio|estágio|estagiario|estagiário|"
     "estagiaria|estagiária|tirocinio|tirocinante|stagista|stagiair|praktyki|"
     "praktykant|praktykantka|stażysta|stażystka|gyakornok|harjoittelija|"
     "praktikplats|stajyer|stážista|co op|coop|summer analyst|"
     "summer associate|abschlussarbeit|masterarbeit|bachelorarbeit|"
     "master thesis|thesis student|diplomand|jovem aprendiz|aprendiz|stage|"
     "placement student|industrial placement|placement year|year in industry|"
     "learnership|стажер|стажёр|afstudeerstage|meewerkstage|afstudeeropdracht|"
     "praktikplads|praktikstilling|studiejob|stažér|stažista|stáž|"
     "praxissemester|studentische hilfskraft|pré emploi|elev|opiskelija"},
    {s::executive,
     "ceo|cto|cfo|coo|cio|ciso|cmo|cpo|cro|chro|founder|co founder|cofounder|"
     "managing director|managing partner|vorstand|toimitusjohtaja|"
     "ügyvezető|daglig leder|consejero delegado|prezes|presidente|"
     "geschäftsführer|geschäftsführerin|"
     "geschaftsfuhrer|president|chief executive|chief|pdg|amministratore "
     "delegato"},
    {s::vp, "vice president|vice presidente|vice président"},
    {s::director,
     "director|directeur|directrice|direktor|direktorin|directora|diretor|"
     "diretora|direttore|direttrice|dyrektor|ředitel|ředitelka|igazgató|head|"
     "head of|abteilungsleiter|abteilungsleiterin|abteilungsleitung|"
     "bereichsleiter|bereichsleiterin|bereichsleitung|leiter|leiterin|"
     "leitung|subdirector|subdirectora|afdelingschef|johtaja|директор"},
    {s::principal,
     "distinguished|principal|fellow|chief architect|chief engineer|"
     "chief scientist|chief designer"},
    {s::staff, "staff"},
    {s::lead,
     "group product manager|group program manager|group manager|"
     "team lead|tech lead|technical lead|lead|team leader|leader|teamleiter|"
     "teamleiterin|teamleitung|leitender|leitende|teamlead|gruppenleiter|"
     "gruppenleiterin|"
     "gruppenleitung|teamleder|teamleider|tiiminvetäjä|csoportvezető|"
     "vedoucí týmu|тимлид|chef d équipe|líder|lider|head chef|head coach|"
     "head nurse|head waiter|head cashier"},
    {s::manager,
     "engineering manager|senior manager|people manager|associate manager|"
     "assistant manager|deputy manager|manager software engineering|"
     "manager software development|manager software quality|"
     "manager software engineers|manager software delivery"},
    {s::mid,
     "semi senior|semisenior|ssr|medior|pleno|mid level|midlevel|mid weight|"
     "midweight|intermediate|mid|confirmé|confirmée|regular developer|"
     "regular engineer|analista pl|desenvolvedor pl|desenvolvedora pl|"
     "programador pl"},
    {s::senior,
     "senior|sénior|sênior|starszy|starsza|erfahrener|erfahrene|expérimenté|"
     "expérimentée|старший|ведущий|kıdemli|szenior"},
    {s::junior,
     "graduate|graduates|new grad|new graduate|grad|entry level|junior|júnior|"
     "berufseinsteiger|berufseinsteigerin|absolvent|absolventin|early career|"
     "early careers|débutant|débutante|młodszy|młodsza|младший|"
     "recién graduado|recien egresado|associate|fresher|freshers|entry"},
    {s::manager,
     "manager|managers|supervisor|supervisora|gerente|kierownik|responsable|"
     "responsabile|manažer|manažerka|jefe de|jefa de|päällikkö|encargado|"
     "encargada|chef de service|filialleiter|filialleiterin|"
     "afdelingsleder|avdelingsleder|avdelningschef|osztályvezető|müdür|"
     "müdürü|vedoucí|esimies|esihenkilö|руководитель|начальник"},
};

/// Cues of scripts without blanks, anywhere in the title.
constexpr std::pair<std::string_view, s> wide_cues[] = {
    {"实习", s::intern},
    {"實習", s::intern},
    {"インターン", s::intern},
    {"인턴", s::intern},
    {"副总", s::vp},
    {"总裁", s::executive},
    {"取締役", s::executive},
    {"대표이사", s::executive},
    {"본부장", s::director},
    {"수석", s::principal},
    {"组长", s::lead},
    {"組長", s::lead},
    {"リーダー", s::lead},
    {"テックリード", s::lead},
    {"팀장", s::lead},
    {"파트장", s::lead},
    {"中级", s::mid},
    {"中級", s::mid},
    {"应届", s::junior},
    {"校招", s::junior},
    {"ジュニア", s::junior},
    {"신입", s::junior},
    {"主管", s::manager},
    {"課長", s::manager},
    {"总经理", s::executive},
    {"首席", s::executive},
    {"总监", s::director},
    {"總監", s::director},
    {"部長", s::director},
    {"资深", s::senior},
    {"資深", s::senior},
    {"高级", s::senior},
    {"高級", s::senior},
    {"シニア", s::senior},
    {"시니어", s::senior},
    {"初级", s::junior},
    {"新卒", s::junior},
    {"주니어", s::junior},
    {"经理", s::manager},
    {"經理", s::manager},
    {"マネージャー", s::manager}};

/// Phrases that hold a cue and state no level: roles, things, teams that the
/// job serves. They are passed over.
constexpr std::string_view no_cues =
    "member of technical staff|members of technical staff|technical staff|"
    "chief of staff|lead generation|lead gen|lead management|lead nurturing|"
    "lead qualification|lead to cash|lead time|lead routing|inbound lead|"
    "staff accountant|staff nurse|staff assistant|staff attorney|staff writer|"
    "staff pharmacist|staff auditor|staff photographer|staff member|"
    "staff training|staff augmentation|kitchen staff|support staff|"
    "wait staff|bar staff|security staff|hotel staff|restaurant staff|"
    "office staff|nursing staff|medical staff|"
    "mid market|midmarket|mid atlantic|mid west|mid funnel|"
    "senior living|senior care|senior housing|senior home|senior services|"
    "head office|head hunter|head start|head end|headcount|"
    "sales associate|warehouse associate|retail associate|research associate|"
    "store associate|production associate|associate general counsel|"
    "associate professor|fulfillment associate|operations associate|"
    "delivery associate|bar associate|customer service associate|"
    "team associate|service associate|care associate|"
    "school principal|principal gifts|principal residence|"
    "research fellow|postdoctoral fellow|teaching fellow|policy fellow|"
    "stage manager|early stage|growth stage|stage technician|stage hand|"
    "late stage|seed stage|stage left|multi stage|"
    "intern program|intern programs|internship program|internship program "
    "manager|intern program manager|internship programs|"
    "intern recruiter|intern recruiting|intern coordinator|intern hiring|"
    "graduate recruiter|graduate recruitment|graduate school|"
    "graduate admissions|graduate program manager|graduate programs|"
    "graduate studies|early careers recruiter|early career recruiter|"
    "apprenticeship program|"
    "to the ceo|to ceo|to the cto|to cto|to the cfo|to cfo|to the coo|"
    "to coo|to the president|to the director|to the founder|to the founders|"
    "to the vice president|to the managing director|to founder|to founders|"
    "to the chief executive|to director|to vice president|to the head|"
    "office of the ceo|office of the cto|office of the cfo|office of the cio|"
    "office of the coo|office of the president|office of the vice president|"
    "ceo office|cto office|cfo office|cio office|founder s office|"
    "founders office|founders associate|founder s associate|"
    "founder associate|founder in residence|founder community|"
    "university internships|manager internships|director s assistant|"
    "president s office|director s office|"
    "data entry|order entry|entry clerk|junior achievement|junior "
    "college|junior high|fellow employees|"
    "service leader development|supervisor software|manager software|"
    "password manager|configuration manager|tag manager|task manager|"
    "secrets manager|ads manager|sccm manager|"
    // Managers of things.
    "program manager|programs manager|project manager|projects manager|"
    "product manager|account manager|accounts manager|marketing manager|"
    "community manager|case manager|delivery manager|release manager|"
    "content manager|success manager|partner manager|partnerships manager|"
    "portfolio manager|office manager|social media manager|"
    "relationship manager|property manager|brand manager|category manager|"
    "event manager|events manager|risk manager|campaign manager|"
    "territory manager|channel manager|alliances manager|alliance manager|"
    "engagement manager|implementation manager|onboarding manager|"
    "solutions manager|growth manager|fund manager|asset manager|"
    "wealth manager|change manager|incident manager|problem manager|"
    "escalation manager|technical account manager|customer manager|"
    "key account manager|asset managers|affiliate manager|pricing manager|"
    "contract manager|contracts manager|grants manager|knowledge manager|"
    "test manager|care manager|stage managers|scrum master|"
    "jefe de proyecto|jefa de proyecto|jefe de proyectos|jefe de producto|"
    "jefa de producto|gerente de projeto|gerente de projetos|gerente de "
    "proyecto|gerente de proyectos|gerente de produto|gerente de produtos|"
    "gerente de producto|gerente de contas|gerente de cuentas|gerente de "
    "cuenta|kierownik projektu|kierownik projektów|kierownik produktu|"
    "responsable de projet|responsable projet|responsabile di progetto|"
    "responsable de compte|projektový manažer|produktový manažer|"
    "руководитель проекта|руководитель проектов|projektmanager|"
    "produktmanager|proje müdürü|ürün müdürü|vice president assistant|"
    "director assistant";

/// The same in scripts without blanks.
constexpr std::string_view wide_no_cues[] = {"产品经理",
                                             "產品經理",
                                             "项目经理",
                                             "專案經理",
                                             "客户经理",
                                             "客戶經理",
                                             "プロジェクトマネージャー",
                                             "プロダクトマネージャー",
                                             "项目主管",
                                             "プロジェクトリーダー"};

constexpr int passed_over = -1;

/// The groups of the phrases; `passed_over` for those that state none.
whole_phrases<int> made_groups() {
  std::vector<whole_phrases<int>::phrase> all;
  auto add = [&](std::string_view phrases, int group) {
    text::for_each_phrase(phrases, [&](auto text) {
      all.push_back({text, group});
    });
  };
  add(no_cues, passed_over);
  for (std::size_t i = 0; i < std::size(cues); ++i)
    add(cues[i].phrases, static_cast<int>(i));
  return whole_phrases<int>(std::move(all));
}

/// "Chief" is an officer's; "chief engineer" and "chief accountant" are not.
bool is_officer(std::string_view title, std::size_t end) {
  auto rest = title.substr(std::min(end + 1, title.size()));
  for (std::string_view role :
       {"architect", "engineer", "scientist", "designer", "accountant", "pilot",
        "mate", "chef", "editor", "nurse", "electrician"})
    if (rest.substr(0, role.size()) == role)
      return false;
  return true;
}

/// The first group that a phrase of the title belongs to; their number for
/// none.
int first_group(std::string_view title) {
  static const auto groups = made_groups();
  auto best = static_cast<int>(std::size(cues));
  std::size_t skip_until = 0;
  for_each_span(title, 1, [&](std::size_t begin, std::size_t, auto) {
    if (begin < skip_until)
      return;
    const auto* found = groups.longest_at(title, begin);
    if (found == nullptr)
      return;
    skip_until = begin + found->text.size();
    if (found->value != passed_over
        && (found->text != "chief" || is_officer(title, skip_until)))
      best = std::min(best, found->value);
  });
  return best;
}

/// " to 8 years", " 5 years", " yoe" behind a number.
bool is_years(std::string_view rest) {
  for (std::string_view head : {" to ", " year", " yoe", " yrs", " yr", " ans"})
    if (rest.substr(0, head.size()) == head)
      return true;
  return rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9';
}

/// "Engineer II", "SDE 1": steps of a ladder, right behind the role. After the
/// ladder of technical program management: I up to 2 years, II up to 5, III up
/// to 8.
std::optional<s> level_by_step(std::string_view title) {
  constexpr std::string_view roles[] = {
      "engineer",   "developer",      "analyst",    "manager",
      "scientist",  "designer",       "specialist", "administrator",
      "programmer", "architect",      "technician", "accountant",
      "consultant", "representative", "recruiter",  "coordinator",
      "associate",  "tester",         "test",       "writer",
      "executive",  "nurse",          "mechanic",   "clerk",
      "assistant",  "underwriter",    "planner",    "buyer",
      "operator",   "advisor",        "auditor",    "inspector",
      "machinist",  "electrician",    "agent",      "officer"};
  std::optional<s> found;
  for_each_span(
      title, 2, [&](std::size_t, std::size_t end, std::string_view span) {
        auto blank = span.find(' ');
        // Most words are longer than a step.
        if (blank == span.npos || blank + 2 != span.size() || found
            || is_years(title.substr(end)))
          return;
        auto step = span.substr(blank + 1);
        if (std::find(std::begin(roles), std::end(roles), span.substr(0, blank))
            == std::end(roles))
          return;
        if (step == "1" || step == "i")
          found = s::junior;
        else if (step == "2")
          found = s::mid;
        else if (step == "3")
          found = s::senior;
        else if (step == "4" || step == "5")
          found = s::staff;
      });
  return found;
}

/// The level that a cue of a script without blanks states, not that of what is
/// managed.
std::optional<s> level_by_wide_cue(std::string_view given) {
  if (block::ascii_end(given, 0) == given.size())
    return std::nullopt;
  std::string title{given};
  for (auto phrase : wide_no_cues)
    if (auto at = title.find(phrase); at != title.npos)
      title.erase(at, phrase.size());
  for (auto [cue, level] : wide_cues)
    if (title.find(cue) != title.npos)
      return level;
  return std::nullopt;
}

/// "Seniorberater", "Juniorentwickler", "Seniorutvecklare": one word in German
/// and the Nordic languages. Who cares for seniors is none.
std::optional<s> level_by_compound(std::string_view title) {
  std::optional<s> found;
  for_each_span(title, 1, [&](std::size_t, std::size_t, std::string_view word) {
    auto begins = [&](std::string_view head) {
      return word.size() > head.size() + 3
             && word.substr(0, head.size()) == head;
    };
    auto serves_seniors =
        begins("senioren") && !begins("senioreng") && !begins("seniorent");
    if (begins("senior") && !serves_seniors && !begins("seniorit"))
      found = s::senior;
    else if (begins("junior") && !begins("juniors"))
      found = s::junior;
  });
  return found;
}

} // namespace

seniority seniority_of(std::string_view given) {
  // Behind " at " stands a company, behind "assistant to" a superior.
  auto title = given.substr(0, std::min(given.find(" at "), given.size()));
  if (title.find(" to ") != title.npos)
    for (std::string_view aide :
         {"assistant to ", "pa to ", "secretary to ", "aide to "})
      if (auto at = title.find(aide);
          at != title.npos && (at == 0 || title[at - 1] == ' '))
        title = title.substr(0, at + aide.size());
  if (auto best = first_group(title); best < static_cast<int>(std::size(cues)))
    return cues[best].level;
  if (auto level = level_by_wide_cue(title))
    return *level;
  if (auto level = level_by_compound(title))
    return *level;
  return level_by_step(title).value_or(seniority::unknown);
}

} // namespace jobfarm::normalize
