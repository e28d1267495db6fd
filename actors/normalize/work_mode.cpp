#include "actors/normalize/work_mode.hpp"

#include "actors/normalize/gazetteer.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace jobfarm::normalize {

namespace {

struct mode_word {
  std::string_view word;
  work_mode mode;
};

/// Labels of workplace fields in the main languages, folded without
/// diacritics; hybrid first, for "hybrid remote" is hybrid.
constexpr mode_word labels[] = {
    {"hybrid", work_mode::hybrid},
    {"hibrid", work_mode::hybrid},
    {"ibrido", work_mode::hybrid},
    {"hybryd", work_mode::hybrid},
    {"hybride", work_mode::hybrid},
    {"teilweise", work_mode::hybrid},
    {"partially remote", work_mode::hybrid},
    {"remote optional", work_mode::hybrid},
    {"flexible", work_mode::hybrid},
    {"混合", work_mode::hybrid},
    {"ハイブリッド", work_mode::hybrid},
    {"remote", work_mode::remote},
    {"teletravail", work_mode::remote},
    {"telecommut", work_mode::remote},
    {"teletrabajo", work_mode::remote},
    {"remoto", work_mode::remote},
    {"remota", work_mode::remote},
    {"a distance", work_mode::remote},
    {"homeoffice", work_mode::remote},
    {"home office", work_mode::remote},
    {"home based", work_mode::remote},
    {"work from home", work_mode::remote},
    {"wfh", work_mode::remote},
    {"da remoto", work_mode::remote},
    {"op afstand", work_mode::remote},
    {"thuiswerk", work_mode::remote},
    {"distans", work_mode::remote},
    {"fjernarbejde", work_mode::remote},
    {"zdaln", work_mode::remote},
    {"telelavoro", work_mode::remote},
    {"virtual", work_mode::remote},
    {"远程", work_mode::remote},
    {"遠程", work_mode::remote},
    {"在宅", work_mode::remote},
    {"リモート", work_mode::remote},
    {"удал", work_mode::remote},
    {"on site", work_mode::onsite},
    {"onsite", work_mode::onsite},
    {"on premise", work_mode::onsite},
    {"in office", work_mode::onsite},
    {"office", work_mode::onsite},
    {"in person", work_mode::onsite},
    {"in sede", work_mode::onsite},
    {"vor ort", work_mode::onsite},
    {"sur site", work_mode::onsite},
    {"presentiel", work_mode::onsite},
    {"presencial", work_mode::onsite},
    {"in presenza", work_mode::onsite},
    {"op locatie", work_mode::onsite},
    {"op kantoor", work_mode::onsite},
    {"stacjonarn", work_mode::onsite},
    {"pa plats", work_mode::onsite},
    {"现场", work_mode::onsite},
    {"出社", work_mode::onsite},
};

constexpr std::string_view hyphens = "-_";

/// With hyphens and underscores as blanks.
std::string spaced(std::string text) {
  for (auto& c : text)
    if (c == '-' || c == '_')
      c = ' ';
  return text;
}

std::string folded_and_spaced(std::string_view text) {
  return spaced(text::fold_ascii(text));
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// What states a mode in running text. Folded, hyphens as blanks.
constexpr text::phrase_group<work_mode> statements[] = {
    {work_mode::hybrid,
     "hybrid work|hybrid working|hybrid model|hybrid role|hybrid position|"
     "hybrid schedule|hybrid environment|hybrid arrangement|hybrid setup|"
     "hybrid basis|hybrid job|hybrid opportunity|hybrid office|hybrid remote|"
     "hybrid workplace|hybrid workstyle|hybrid policy|hybrid approach|"
     "hybrid pattern|hybrid format|hybrid capacity|hybrid contract|"
     "(hybrid)|location: hybrid|is hybrid|workplace: hybrid|work mode: "
     "hybrid|days in the office|days a week in the office|days per week in "
     "the office|days each week in the office|days in office|days a week in "
     "office|days per week in office|days a week from our|days per week from "
     "our|days per week on site|days a week on site|days per week onsite|"
     "days a week onsite|days onsite|days on site|days at the office|days in "
     "our office|days a week in our|days per week in our|days from home|"
     "days remote|days remotely|day remote|days wfh|days a week from home|"
     "days per week from home|days work from home|partially remote|partly "
     "remote|part remote|remote/onsite|mix of remote|mix of home|split "
     "between home|office and home|home and office|remote 2 days|remote 3 "
     "days|times a week in the office|days at home"},
    {work_mode::hybrid,
     "hybrides arbeiten|hybrid arbeiten|hybrides arbeitsmodell|"
     "hybrid-modell|teilweise remote|teilweise im homeoffice|"
     "tage homeoffice|tage home office|tage im homeoffice|tage mobiles "
     "arbeiten|tage remote|tage pro woche im buro|teletravail partiel|jours "
     "de teletravail|jours par semaine en teletravail|jours teletravail|"
     "mode hybride|travail hybride|format hybride|modalidad hibrida|"
     "trabajo hibrido|modelo hibrido|formato hibrido|dias de teletrabajo|"
     "dias en la oficina|modalita ibrida|lavoro ibrido|smart working "
     "parziale|giorni di smart working|giorni in smart working|trabalho "
     "hibrido|regime hibrido|dias no escritorio|hybride werken|dagen "
     "thuiswerken|dagen thuis|praca hybrydowa|tryb hybrydowy|hybrydowo|"
     "hybridarbete|hybridarbejde|混合办公|ハイブリッド勤務|週2日出社|"
     "週3日出社|一部在宅|гибридн*"},
    {work_mode::remote,
     "fully remote|100% remote|remote first|remote only|remote position|"
     "remote role|remote job|remote opportunity|remote contract|remote "
     "work|remote based|this is a remote|position is remote|role is remote|"
     "job is remote|(remote)|location: remote|is fully remote|work remotely|"
     "working remotely|work from anywhere|work from home|working from home|"
     "home based|all remote|completely remote|entirely remote|permanently "
     "remote|distributed team|fully distributed|remote within|remote from "
     "anywhere|wfh|telecommute|telecommuting|based remotely|remote friendly|"
     "work mode: remote|remote in the us|remote (us|us remote|be remote|"
     "remote eligible|can be performed remotely|performed remotely"},
    {work_mode::remote,
     "100% homeoffice|100% home office|komplett remote|vollstandig remote|"
     "remote arbeiten|rein remote|full remote|100% teletravail|"
     "teletravail complet|teletravail total|a distance|100% remoto|"
     "trabajo remoto|teletrabajo|totalmente remoto|completamente remoto|"
     "lavoro da remoto|da remoto|full remoto|trabalho remoto|home office|"
     "regime remoto|volledig remote|thuiswerken|op afstand|praca zdalna|"
     "zdalnie|100% zdalnie|tryb zdalny|distansarbete|pa distans|"
     "远程办公|远程工作|远程|フルリモート|完全在宅|リモートワーク|在宅勤務|"
     "재택근무|원격근무|원격 근무|удаленн*|удаленка|tamamen uzaktan|uzaktan "
     "calisma"},
    {work_mode::onsite,
     "on site role|onsite role|on site position|onsite position|on site "
     "job|onsite job|in office role|in office position|in person role|in "
     "person position|role is on site|role is onsite|role is in office|role "
     "is in person|role is based in our|position is based in our|position "
     "is on site|position is onsite|position is in person|fully on site|"
     "fully onsite|100% on site|100% onsite|100% in office|fully in office|"
     "fully in person|work on site|work onsite|working onsite|working on "
     "site|five days a week|5 days a week in|5 days per week in|5 days a "
     "week on site|5 days a week onsite|5 days in office|5 days onsite|five "
     "days in office|five days per week in|onsite only|on site only|in "
     "office only|onsite 5 days|on site 5 days|onsite five days|must work "
     "onsite|must work on site|required to be onsite|required to be on "
     "site|location: onsite|location: on site|(onsite)|(on site)|"
     "on site "
     "presence|onsite presence|in office full time"},
    {work_mode::onsite,
     "not a remote|no remote|not remote|remote candidates will not|remote "
     "work is not|remote work not|cannot be remote|cannot be performed "
     "remotely|not be performed remotely|not open to remote|not eligible "
     "for remote|not available for remote|remote is not|no work from home|"
     "no wfh|nicht remote|kein homeoffice|pas de teletravail|no remoto|"
     "sin teletrabajo|vor ort in|prasenzarbeit|100% prasenz|sur site|en "
     "presentiel|100% presentiel|100% presencial|trabajo presencial|"
     "modalidad presencial|in sede|in presenza|trabalho presencial|regime "
     "presencial|op kantoor|op locatie|praca stacjonarna|stacjonarnie|pa "
     "plats|现场办公|坐班|出社必須|フル出社|상주"},
};

/// What stands right before a statement in its sentence.
std::string words_before(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 30;
  auto from = at > reach ? at - reach : 0;
  auto before = text.substr(from, at - from);
  if (auto stop = before.find_last_of(".!?\n"); stop != before.npos)
    before.remove_prefix(stop + 1);
  return spaced(std::string{before});
}

std::string words_behind(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 22;
  return spaced(std::string{text.substr(at, reach)});
}

/// A statement that speaks of something else than this job's place: sensing,
/// teams, tools, "occasionally", what others do.
bool is_other_matter(std::string_view before, std::string_view after) {
  for (std::string_view word :
       {"occasional", "experience with", "experience in", "previous ",
        "ability to", "option to", "manage ", "managing ", "our customers",
        "enable", "our clients", "tools for", "supporting ", "future of",
        "if you", "some ", "stipend", "flexibility to"})
    if (has(before, word))
      return true;
  for (std::string_view word :
       {" sensing",    " support",   " monitoring",     " tools",
        " cloud",      " access",    " software",       " policy",
        " stipend",    " when",      " occasional",     " teams",
        " experience", " allowance", " budget",         " setup",
        " set up",     " equipment", " infrastructure", " desktop",
        " patient",    " benefit",   " environments",   " one day",
        " 1 day"})
    if (after.substr(0, word.size()) == word)
      return true;
  return false;
}

/// Words shortly before a statement that take it back.
bool is_negated(std::string_view before) {
  for (std::string_view word :
       {" not ", "n't ", " no ", "unable", "cannot", " never ", "without"})
    if (has(before, word))
      return true;
  return false;
}

const text::phrase_table<work_mode>& statement_table() {
  static const text::phrase_table<work_mode> made(statements, hyphens);
  return made;
}

} // namespace

const text::phrase_scanner& work_mode_phrases() {
  return statement_table().scanner();
}

work_mode mode_of_label(std::string_view label) {
  auto text = folded_and_spaced(label);
  for (const auto& one : labels)
    if (has(text, one.word))
      return one.mode;
  return work_mode::unknown;
}

work_mode mode_in_location(std::string_view location) {
  auto text = folded_and_spaced(location);
  if (has(text, "hybrid"))
    return work_mode::hybrid;
  for (const auto& one : labels)
    if (one.word != "office" && one.word != "flexible" && one.word != "virtual"
        && has(text, one.word))
      return one.mode;
  if (has(text, "anywhere") || has(text, "worldwide"))
    return work_mode::remote;
  return work_mode::unknown;
}

work_mode mode_in_description(const text::folded_text& description) {
  const auto& table = statement_table();
  std::array<bool, 4> stated{};
  table.scanner().scan(description, [&](const text::phrase_scanner::hit& one) {
    auto mode = table.kind(one);
    auto& is_stated = stated[static_cast<std::size_t>(mode)];
    if (is_stated)
      return;
    auto phrase = table.phrase(one);
    auto is_own_negation =
        mode == work_mode::onsite
        && (has(phrase, "no") || has(phrase, "kein") || has(phrase, "pas de"));
    auto before = words_before(description.folded(), one.begin);
    auto after = words_behind(description.folded(), one.end);
    is_stated = is_own_negation
                || (!is_negated(before) && !is_other_matter(before, after));
  });
  auto says = [&](work_mode mode) {
    return stated[static_cast<std::size_t>(mode)];
  };
  if (says(work_mode::hybrid))
    return work_mode::hybrid;
  if (says(work_mode::remote) && says(work_mode::onsite))
    return work_mode::unknown;
  return says(work_mode::remote)   ? work_mode::remote
         : says(work_mode::onsite) ? work_mode::onsite
                                   : work_mode::unknown;
}

work_mode mode_in_description(std::string_view description) {
  return mode_in_description(text::folded_text{description});
}

work_mode work_mode_of(const work_mode_hints& hints) {
  if (auto mode = mode_of_label(hints.workplace); mode != work_mode::unknown)
    return mode;
  if (hints.in_location == work_mode::hybrid)
    return work_mode::hybrid;
  if (hints.remote == true)
    return work_mode::remote;
  if (hints.in_location != work_mode::unknown)
    return hints.in_location;
  auto title = folded_and_spaced(hints.title);
  if (has(title, "hybrid") && !has(title, "hybrid cloud"))
    return work_mode::hybrid;
  if (has(title, "remote") && !has(title, "remote sensing")
      && !has(title, "remote support"))
    return work_mode::remote;
  return hints.description ? mode_in_description(*hints.description)
                           : work_mode::unknown;
}

} // namespace jobfarm::normalize
