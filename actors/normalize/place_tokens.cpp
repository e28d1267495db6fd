#include "actors/normalize/place_tokens.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cctype>

namespace jobfarm::normalize {

namespace {

constexpr std::size_t most_bytes = 2000;
constexpr std::size_t most_places = 50;

/// Words of a location that name no place. Folded.
constexpr std::string_view noise[] = {
    "remote",     "remotely",    "hybrid",      "onsite",      "on-site",
    "site",       "office",      "offices",     "hq",          "headquarters",
    "home",       "based",       "wfh",         "virtual",     "telework",
    "fully",      "100%",        "only",        "flexible",    "friendly",
    "optional",   "first",       "in-office",   "in-person",   "within",
    "from",       "work",        "preferred",   "multiple",    "various",
    "locations",  "location",    "anywhere-in", "eligible",    "possible",
    "homeoffice", "teletrabajo", "remoto",      "teletravail", "n/a",
    "tbd",        "option",      "hub",         "on",          "in",
    "timezone",   "timezones",   "time",        "zone",        "working",
    "candidates", "residents",   "near",        "hiring"};

bool is_noise(std::string_view word) {
  // "ON" and "IN" are Ontario and India.
  if (is_code(word))
    return false;
  auto folded = text::fold_ascii(word);
  while (!folded.empty() && (folded.back() == ':' || folded.back() == '.'))
    folded.pop_back();
  return std::find(std::begin(noise), std::end(noise), folded)
         != std::end(noise);
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

/// Drops noise and words with digits (postal codes, building numbers), but
/// not what is left of a name: "Home" alone may be one.
std::string without_noise(std::string_view part) {
  std::string kept;
  std::size_t at = 0;
  while (at < part.size()) {
    auto end = std::min(part.find(' ', at), part.size());
    auto word = part.substr(at, end - at);
    at = end + 1;
    if (word.empty() || is_noise(word) || has_digit(word))
      continue;
    if (!kept.empty())
      kept += ' ';
    kept += word;
  }
  while (!kept.empty() && (kept.back() == '-' || kept.back() == ' '))
    kept.pop_back();
  while (!kept.empty() && (kept.front() == '-' || kept.front() == ' '))
    kept.erase(kept.begin());
  return kept;
}

/// "US-CA-San Jose" and "TX-Dallas": codes before, joined without blanks.
bool is_code_first(std::string_view part) {
  auto dash = part.find('-');
  return dash != part.npos && dash + 1 < part.size() && part[dash + 1] != ' '
         && part[dash - (dash > 0)] != ' ' && is_code(part.substr(0, dash));
}

void add_part(std::string_view part, std::vector<std::string>& parts) {
  if (is_code_first(part)) {
    std::vector<std::string> pieces;
    while (is_code_first(part)) {
      auto dash = part.find('-');
      pieces.emplace_back(part.substr(0, dash));
      part.remove_prefix(dash + 1);
    }
    add_part(part, parts);
    parts.insert(parts.end(), pieces.rbegin(), pieces.rend());
    return;
  }
  auto name = without_noise(part);
  if (!name.empty())
    parts.push_back(std::move(name));
}

bool is_separator(std::string_view text, std::size_t at, std::size_t& size) {
  size = 1;
  switch (text[at]) {
    case ',':
    case '(':
    case ')':
    case '[':
    case ']':
    case ':': return true;
    case '-':
      return at > 0 && at + 1 < text.size() && text[at - 1] == ' '
             && text[at + 1] == ' ';
    default: break;
  }
  for (std::string_view mark : {"\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7",
                                "\xEF\xBC\x8C", "\xE3\x80\x81", "\xE2\x80\xA2"})
    if (text.substr(at, mark.size()) == mark) {
      size = mark.size();
      return true;
    }
  return false;
}

} // namespace

bool is_code(std::string_view part) {
  return (part.size() == 2 || part.size() == 3)
         && std::all_of(part.begin(), part.end(),
                        [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::vector<std::string> split_places(std::string_view given) {
  auto text = text::repair_utf8(given.substr(0, most_bytes));
  constexpr std::string_view marks[] = {
      ";",     "|",     "/",   "\n",  "\xE2\x80\xA2", " or ", " OR ", " Or ",
      " and ", " AND ", " & ", " + ", " oder ",       " y ",  " und "};
  std::vector<std::string> places;
  std::string one;
  auto close = [&] {
    auto clean = text::collapse_space(one);
    if (!clean.empty() && places.size() < most_places)
      places.push_back(std::move(clean));
    one.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    auto rest = std::string_view{text}.substr(at);
    auto mark = std::find_if(
        std::begin(marks), std::end(marks), [&](std::string_view candidate) {
          return rest.substr(0, candidate.size()) == candidate;
        });
    if (mark != std::end(marks)) {
      close();
      at += mark->size();
    } else {
      one += text[at++];
    }
  }
  close();
  return places;
}

std::vector<std::string> split_parts(std::string_view place) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  auto close = [&](std::size_t end) {
    auto part = place.substr(begin, end - begin);
    while (!part.empty() && part.front() == ' ')
      part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ')
      part.remove_suffix(1);
    if (!part.empty())
      add_part(part, parts);
  };
  for (std::size_t at = 0; at < place.size();) {
    std::size_t size = 1;
    if (is_separator(place, at, size)) {
      close(at);
      begin = at + size;
    }
    at += size;
  }
  close(place.size());
  return parts;
}

std::string without_frame(std::string_view given) {
  std::string key{given};
  auto changed = true;
  while (changed) {
    changed = false;
    for (std::string_view head : {"greater ", "metro ", "metropolitan ",
                                  "central ", "downtown ", "city of ", "the "})
      if (key.size() > head.size() && key.compare(0, head.size(), head) == 0) {
        key.erase(0, head.size());
        changed = true;
      }
    for (std::string_view tail :
         {" area", " city", " metro", " metropolitan", " region", " district",
          " county", " province", " state", " hub", " cedex", " campus"})
      if (key.size() > tail.size()
          && key.compare(key.size() - tail.size(), tail.size(), tail) == 0) {
        key.resize(key.size() - tail.size());
        changed = true;
      }
  }
  return key;
}

} // namespace jobfarm::normalize
