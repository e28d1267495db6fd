#include "actors/normalize/work_mode.hpp"

#include "actors/normalize/gazetteer.hpp"
#include "actors/text/utf8.hpp"

#include <string>

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

} // namespace

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
