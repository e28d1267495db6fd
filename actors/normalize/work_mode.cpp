#include "actors/normalize/work_mode.hpp"

#include "actors/normalize/gazetteer.hpp"
#include "actors/text/phrase_finder.hpp"
#include "actors/text/utf8.hpp"

#include <array>
#include <bitset>
#include <iterator>

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

/// Folded, with hyphens and underscores as blanks.
std::string spaced(std::string_view text) {
  auto folded = text::fold_ascii(text);
  for (auto& c : folded)
    if (c == '-' || c == '_')
      c = ' ';
  return folded;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// What states a mode in running text. Folded, hyphens as blanks.
constexpr mode_word statements[] = {
    {"hybrid work", work_mode::hybrid},
    {"hybrid model", work_mode::hybrid},
    {"hybrid role", work_mode::hybrid},
    {"hybrid position", work_mode::hybrid},
    {"hybrid schedule", work_mode::hybrid},
    {"hybrid environment", work_mode::hybrid},
    {"hybrid arrangement", work_mode::hybrid},
    {"hybrid setup", work_mode::hybrid},
    {"(hybrid)", work_mode::hybrid},
    {"days in the office", work_mode::hybrid},
    {"days a week in the office", work_mode::hybrid},
    {"days per week in the office", work_mode::hybrid},
    {"days in office", work_mode::hybrid},
    {"days a week in office", work_mode::hybrid},
    {"days per week in office", work_mode::hybrid},
    {"days a week from our", work_mode::hybrid},
    {"days per week on site", work_mode::hybrid},
    {"days a week on site", work_mode::hybrid},
    {"days onsite", work_mode::hybrid},
    {"days on site", work_mode::hybrid},
    {"fully remote", work_mode::remote},
    {"100% remote", work_mode::remote},
    {"remote first", work_mode::remote},
    {"remote only", work_mode::remote},
    {"remote position", work_mode::remote},
    {"remote role", work_mode::remote},
    {"remote job", work_mode::remote},
    {"remote opportunity", work_mode::remote},
    {"this is a remote", work_mode::remote},
    {"position is remote", work_mode::remote},
    {"role is remote", work_mode::remote},
    {"job is remote", work_mode::remote},
    {"(remote)", work_mode::remote},
    {"work remotely", work_mode::remote},
    {"working remotely", work_mode::remote},
    {"work from anywhere", work_mode::remote},
    {"work from home", work_mode::remote},
    {"on site role", work_mode::onsite},
    {"onsite role", work_mode::onsite},
    {"on site position", work_mode::onsite},
    {"onsite position", work_mode::onsite},
    {"in office role", work_mode::onsite},
    {"in office position", work_mode::onsite},
    {"in person role", work_mode::onsite},
    {"role is on site", work_mode::onsite},
    {"role is onsite", work_mode::onsite},
    {"role is based in our", work_mode::onsite},
    {"position is on site", work_mode::onsite},
    {"position is onsite", work_mode::onsite},
    {"fully on site", work_mode::onsite},
    {"fully onsite", work_mode::onsite},
    {"100% on site", work_mode::onsite},
    {"100% onsite", work_mode::onsite},
    {"five days a week in", work_mode::onsite},
    {"5 days a week in", work_mode::onsite},
    {"5 days per week in", work_mode::onsite},
    {"5 days a week on site", work_mode::onsite},
    {"not a remote", work_mode::onsite},
    {"no remote", work_mode::onsite},
    {"not remote", work_mode::onsite},
    {"remote candidates will not", work_mode::onsite},
    {"remote work is not", work_mode::onsite},
};

const text::phrase_finder& statement_finder() {
  static const text::phrase_finder all = [] {
    std::vector<std::string_view> phrases;
    for (const auto& one : statements)
      phrases.push_back(one.word);
    return text::phrase_finder(std::move(phrases));
  }();
  return all;
}

/// Words shortly before a statement that take it back.
bool is_negated(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 30;
  auto from = at > reach ? at - reach : 0;
  auto before = text.substr(from, at - from);
  if (auto stop = before.find_last_of(".!?\n"); stop != before.npos)
    before.remove_prefix(stop + 1);
  for (std::string_view word :
       {" not ", "n't ", " no ", "unable", "cannot", " never ", "without"})
    if (has(before, word))
      return true;
  return false;
}

} // namespace

work_mode mode_of_label(std::string_view label) {
  auto text = spaced(label);
  for (const auto& one : labels)
    if (has(text, one.word))
      return one.mode;
  return work_mode::unknown;
}

work_mode mode_in_location(std::string_view location) {
  auto text = spaced(location);
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

work_mode mode_in_description(std::string_view description) {
  auto text = spaced(description);
  std::array<bool, 3> stated{};
  std::bitset<std::size(statements)> seen;
  statement_finder().each(text, [&](std::size_t at, std::size_t which) {
    const auto& one = statements[which];
    // What a text says first of a kind counts.
    if (seen[which])
      return true;
    seen.set(which);
    auto is_own_negation =
        one.mode == work_mode::onsite && has(one.word, "remote");
    if (is_own_negation || !is_negated(text, at))
      stated[static_cast<std::size_t>(one.mode)] = true;
    return true;
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

work_mode work_mode_of(const work_mode_hints& hints) {
  if (auto mode = mode_of_label(hints.workplace); mode != work_mode::unknown)
    return mode;
  if (hints.in_location == work_mode::hybrid)
    return work_mode::hybrid;
  if (hints.remote == true)
    return work_mode::remote;
  if (hints.in_location != work_mode::unknown)
    return hints.in_location;
  auto title = spaced(hints.title);
  if (has(title, "hybrid") && !has(title, "hybrid cloud"))
    return work_mode::hybrid;
  if (has(title, "remote") && !has(title, "remote sensing")
      && !has(title, "remote support"))
    return work_mode::remote;
  return mode_in_description(hints.description);
}

} // namespace jobfarm::normalize
