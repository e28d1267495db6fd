#include "actors/normalize/place_spelling.hpp"

#include "actors/normalize/gazetteer.hpp"

#include <string_view>
#include <utility>

namespace jobfarm::normalize {

std::string without_marks(std::string name) {
  for (std::string mark : {"¹", "²", "³"})
    for (auto at = name.find(mark); at != name.npos; at = name.find(mark))
      name.erase(at, mark.size());
  return name;
}

std::vector<std::string> names_of(const std::string& local) {
  auto cut = [](std::string name) {
    name = name.substr(0, name.find_first_of(",]"));
    while (!name.empty() && name.back() == ' ')
      name.pop_back();
    return name;
  };
  std::vector<std::string> names;
  auto bracket = local.find('[');
  names.push_back(cut(local.substr(0, bracket)));
  if (bracket != local.npos)
    names.push_back(cut(local.substr(bracket + 1)));
  return names;
}

std::string bare_key(const std::string& name) {
  auto key = place_key(name);
  for (std::string word :
       {" province", " region", " state", " oblast", " governorate", " county",
        " prefecture", " district", " department", " city", " voivodeship",
        " administrative region", " municipality"})
    if (key.size() > word.size()
        && key.compare(key.size() - word.size(), word.size(), word) == 0)
      key.resize(key.size() - word.size());
  for (std::string word :
       {"canton of ", "province of ", "state of ", "autonomous community of ",
        "the ", "national capital territory of ", "hlavni mesto ", "county ",
        "comunidad de ", "comunidad autonoma de ", "provincia di ",
        "provincia de ", "region de "})
    if (key.compare(0, word.size(), word) == 0)
      key.erase(0, word.size());
  return key;
}

namespace {

constexpr std::string_view city_word = " City";

/// "Puebla City", "Kaohsiung City": GeoNames tells the city from its state so,
/// people do not.
bool is_city_of_its_state(const std::string& name, const std::string& country) {
  auto is_so_named = country == "MX" || country == "TW" || country == "JP"
                     || name == "Sandy City";
  return is_so_named && name != "Mexico City" && name.size() > city_word.size()
         && name.compare(name.size() - city_word.size(), city_word.size(),
                         city_word)
                == 0;
}

} // namespace

std::string plain_name(std::string name, const std::string& country) {
  if (name.rfind("Abu Dhabi ", 0) == 0)
    return "Abu Dhabi";
  if (name.rfind("City of ", 0) == 0)
    name.erase(0, 8);
  if ((country == "US" || country == "CA") && name.rfind("St ", 0) == 0)
    name.insert(2, ".");
  if (is_city_of_its_state(name, country))
    name.resize(name.size() - city_word.size());
  // "Suwon-si": the Korean word for a city.
  constexpr std::string_view si = "-si";
  if (country == "KR" && name.size() > si.size()
      && name.compare(name.size() - si.size(), si.size(), si) == 0)
    name.resize(name.size() - si.size());
  if (country == "LV" || country == "LT")
    return name;
  constexpr std::pair<std::string_view, std::string_view> plain[] = {
      {"ā", "a"}, {"ī", "i"}, {"ū", "u"}, {"ō", "o"}, {"ē", "e"},
      {"Ā", "A"}, {"Ī", "I"}, {"Ū", "U"}, {"Ō", "O"}, {"Ē", "E"},
      {"ḩ", "h"}, {"Ḩ", "H"}, {"ḑ", "d"}, {"Ḑ", "D"}};
  for (auto [from, to] : plain)
    for (auto at = name.find(from); at != name.npos; at = name.find(from))
      name.replace(at, from.size(), to);
  return name;
}

} // namespace jobfarm::normalize
