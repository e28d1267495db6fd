#include "actors/normalize/work_mode.hpp"

#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/piece_filter.hpp"
#include "actors/normalize/recent_results.hpp"
#include "actors/normalize/work_mode_context.hpp"
#include "actors/text/phrase_scanner.hpp"
#include "actors/text/utf8.hpp"

#include <initializer_list>
#include <iterator>
#include <string>
#include <vector>

namespace jobfarm::normalize {

namespace {

struct mode_word {
  std::string_view word;
  work_mode mode;
};

/// Labels of workplace fields in the main languages, without diacritics; hybrid
/// first, for "hybrid remote" is hybrid.
constexpr mode_word labels[] = {
    {"no remote", work_mode::onsite},
    {"not remote", work_mode::onsite},
    {"hybrid", work_mode::hybrid},
    {"hibrid", work_mode::hybrid},
    {"ibrid", work_mode::hybrid},
    {"hybryd", work_mode::hybrid},
    {"teilweise", work_mode::hybrid},
    {"semipresencial", work_mode::hybrid},
    {"mobiles arbeiten", work_mode::hybrid},
    {"partially remote", work_mode::hybrid},
    {"remote optional", work_mode::hybrid},
    {"flexible", work_mode::hybrid},
    {"hibrit", work_mode::hybrid},
    {"гибрид", work_mode::hybrid},
    {"гібрид", work_mode::hybrid},
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
    {"homebased", work_mode::remote},
    {"from home", work_mode::remote},
    {"desde casa", work_mode::remote},
    {"da casa", work_mode::remote},
    {"vanuit huis", work_mode::remote},
    {"wfh", work_mode::remote},
    {"da remoto", work_mode::remote},
    {"op afstand", work_mode::remote},
    {"thuiswerk", work_mode::remote},
    {"distans", work_mode::remote},
    {"fjernarbejde", work_mode::remote},
    {"zdaln", work_mode::remote},
    {"telelavoro", work_mode::remote},
    {"telework", work_mode::remote},
    {"telearbeit", work_mode::remote},
    {"work at home", work_mode::remote},
    {"etatyo", work_mode::remote},
    {"hjemmekontor", work_mode::remote},
    {"uzaktan", work_mode::remote},
    {"дистанц", work_mode::remote},
    {"віддал", work_mode::remote},
    {"virtual", work_mode::remote},
    {"远程", work_mode::remote},
    {"遠程", work_mode::remote},
    {"在宅", work_mode::remote},
    {"居家", work_mode::remote},
    {"リモート", work_mode::remote},
    {"テレワーク", work_mode::remote},
    {"재택", work_mode::remote},
    {"원격", work_mode::remote},
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
    {"sur place", work_mode::onsite},
    {"prasenz", work_mode::onsite},
    {"in ufficio", work_mode::onsite},
    {"presentiel", work_mode::onsite},
    {"presencial", work_mode::onsite},
    {"in presenza", work_mode::onsite},
    {"op locatie", work_mode::onsite},
    {"op kantoor", work_mode::onsite},
    {"stacjonarn", work_mode::onsite},
    {"pa plats", work_mode::onsite},
    {"kantoor", work_mode::onsite},
    {"kontor", work_mode::onsite},
    {"buro", work_mode::onsite},
    {"biuro", work_mode::onsite},
    {"офис", work_mode::onsite},
    {"オンサイト", work_mode::onsite},
    {"现场", work_mode::onsite},
    {"出社", work_mode::onsite},
};

/// Finds labels within words: "remote" in "remotely".
const text::phrase_scanner& label_scanner() {
  static const auto scanner = [] {
    std::vector<std::string> parts;
    for (const auto& one : labels)
      parts.push_back('*' + std::string{one.word} + '*');
    return text::phrase_scanner({parts.begin(), parts.end()});
  }();
  return scanner;
}

/// The first label of the list that stands in a folded and spaced text, where
/// `accepts(label, end)` takes it; unknown for none.
template <class Accepts>
work_mode first_label(std::string_view text, Accepts accepts) {
  auto first = std::size(labels);
  label_scanner().scan(text, [&](const text::phrase_hit& one) {
    if (one.phrase < first && accepts(labels[one.phrase], one.end))
      first = one.phrase;
  });
  return first == std::size(labels) ? work_mode::unknown : labels[first].mode;
}

/// Names of something else in a place or a title.
bool is_vague(std::string_view label) {
  return label == "office" || label == "flexible" || label == "virtual"
         || label == "kontor" || label == "buro";
}

/// Work at home that is not for every day: "télétravail partiel", "Homeoffice
/// möglich".
bool is_partial(std::string_view text) {
  return has_any(text, {"partiel", "partial", "parcial", "parziale", "partly",
                        "teilweise", "czesciow", "deels", "delvis", "osittain",
                        "occasional"})
         || (has_any(text, {"moglich", "possible", "optional"})
             && !has_any(text, {"100", "full", "voll"}));
}

work_mode whole_or_part(work_mode mode, std::string_view text) {
  return mode == work_mode::remote && is_partial(text) ? work_mode::hybrid
                                                       : mode;
}

/// "US, Virtual", but not "Virtual Office".
bool is_virtual(std::string_view location) {
  constexpr std::string_view word = "virtual";
  constexpr std::string_view marks = ",;|/()";
  constexpr std::string_view dash = "   "; // spaced
  auto at = location.find(word);
  if (at == location.npos)
    return false;
  auto after = location.substr(at + word.size());
  return after.empty() || marks.find(after[0]) != marks.npos
         || after.substr(0, dash.size()) == dash;
}

/// Whether nothing that it could qualify follows a word of a title: "Nurse -
/// Onsite", "Hybrid, Berlin", but not "Hybrid Cloud Engineer".
bool is_set_apart(std::string_view title, std::size_t end) {
  auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  while (end < title.size() && is_letter(title[end]))
    ++end;
  auto rest = title.substr(end);
  if (rest.empty() || rest[0] == ')' || rest[0] == ']')
    return true;
  if (rest[0] == '-' || rest[0] == '_')
    return false;
  auto next = rest.find_first_not_of(' ');
  if (next == rest.npos)
    return true;
  rest.remove_prefix(next);
  return !is_letter(rest[0]) || rest.substr(0, 6) == "remote"
         || rest.substr(0, 4) == "work" || rest.substr(0, 3) == "in ";
}

/// Most titles hold no label.
bool may_hold_label(std::string_view title) {
  static const auto filter = [] {
    std::vector<std::string_view> words;
    for (const auto& one : labels)
      words.push_back(one.word);
    return piece_filter(words);
  }();
  return filter.may_hold(title);
}

/// A title may name things that are remote, hybrid or on site by nature.
work_mode mode_in_title(std::string_view given) {
  if (!may_hold_label(given))
    return work_mode::unknown;
  auto title = text::fold_ascii(given);
  auto text = spaced(title);
  auto mode = first_label(text, [&](const mode_word& one, std::size_t end) {
    return !is_vague(one.word)
           && (one.mode == work_mode::remote || is_set_apart(title, end));
  });
  if (mode == work_mode::unknown)
    return mode;
  if (has_any(text, {"remote sensing", "remote support", "remote monitoring",
                     "remote patient", "remote site", "remote operat",
                     "remote pilot"}))
    return work_mode::unknown;
  return whole_or_part(mode, text);
}

/// A tag that is a mode and nothing more: "Remote", "hybrid".
work_mode mode_in_tags(const std::vector<std::string>* tags) {
  if (tags == nullptr)
    return work_mode::unknown;
  constexpr std::size_t longest = 12;
  for (const auto& tag : *tags) {
    if (tag.size() > longest)
      continue;
    auto text = spaced(text::fold_ascii(tag));
    for (auto [word, mode] : {mode_word{"hybrid", work_mode::hybrid},
                              {"remote", work_mode::remote},
                              {"fully remote", work_mode::remote},
                              {"100% remote", work_mode::remote},
                              {"remote work", work_mode::remote},
                              {"on site", work_mode::onsite},
                              {"onsite", work_mode::onsite}})
      if (text == word)
        return mode;
  }
  return work_mode::unknown;
}

} // namespace

work_mode mode_of_label(std::string_view label) {
  if (label.empty())
    return work_mode::unknown;
  auto text = spaced(text::fold_ascii(label));
  auto mode = first_label(text, [](const auto&, std::size_t) { return true; });
  return whole_or_part(mode, text);
}

work_mode mode_in_location(std::string_view location) {
  auto text = spaced(text::fold_ascii(location));
  // "London (2 days in office)"
  if (has(text, "hybrid")
      || (has_any(text, {" day", " tag", " jour", "/week", " dia", " giorn"})
          && mode_in_description(location) == work_mode::hybrid))
    return work_mode::hybrid;
  auto mode = first_label(text, [](const mode_word& one, std::size_t) {
    return !is_vague(one.word);
  });
  if (mode != work_mode::unknown)
    return whole_or_part(mode, text);
  if (has_any(text, {"anywhere", "worldwide", "fully distributed"})
      || is_virtual(text))
    return work_mode::remote;
  return work_mode::unknown;
}

work_mode work_mode_of(const work_mode_hints& hints) {
  // A board has few labels.
  thread_local recent_results<work_mode, 16> recent;
  auto mode = recent.of(hints.workplace,
                        [&] { return mode_of_label(hints.workplace); });
  if (mode != work_mode::unknown)
    return mode;
  if (hints.in_location == work_mode::hybrid)
    return work_mode::hybrid;
  if (hints.remote == true)
    return work_mode::remote;
  if (hints.in_location != work_mode::unknown)
    return hints.in_location;
  mode = mode_in_title(hints.title);
  return mode != work_mode::unknown ? mode : mode_in_tags(hints.tags);
}

} // namespace jobfarm::normalize
