// gazetteer_compile OUT
//
// Makes gazetteer.bin at build time from Debian's packages: cities of 15,000
// people and more with their names in all languages (libgeonames, GeoNames,
// CC BY 4.0), countries and subdivisions (iso-codes), names of territories in
// all languages (unicode-cldr-core), and the short forms that boards use.

#include "actors/normalize/gazetteer_writer.hpp"
#include "actors/normalize/place_aliases.hpp"

#include <geonames.h>
#include <simdjson.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using namespace jobfarm::normalize;
namespace fs = std::filesystem;

using place_id = gazetteer_writer::place_id;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text_at(simdjson::dom::object object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string{text} : "";
}

/// Calls `take(type, name)` for each `<ELEMENT type="X">NAME</` of a CLDR file.
template <class Take>
void scan_cldr(const fs::path& path, const std::string& element, Take take) {
  auto xml = read_file(path);
  auto open = '<' + element + " type=\"";
  for (auto at = xml.find(open); at != xml.npos; at = xml.find(open, at + 1)) {
    auto type = at + open.size();
    auto type_end = xml.find('"', type);
    auto text = xml.find('>', type_end);
    auto end = xml.find('<', text);
    if (end == xml.npos)
      break;
    take(xml.substr(type, type_end - type),
         xml.substr(text + 1, end - text - 1));
  }
}

/// Translations of one GNU message file, by message id (GNU gettext manual,
/// "The Format of GNU MO Files").
template <class Take>
void scan_mo(const fs::path& path, Take take) {
  auto mo = read_file(path);
  auto word = [&](std::size_t at) {
    std::uint32_t value = 0;
    if (at + 4 <= mo.size())
      std::memcpy(&value, mo.data() + at, 4);
    return value;
  };
  if (word(0) != 0x950412de)
    return;
  for (std::uint32_t i = 0; i < word(8); ++i) {
    auto text = [&](std::uint32_t table) {
      auto length = word(table + i * 8);
      auto offset = word(table + i * 8 + 4);
      return offset + length <= mo.size() ? mo.substr(offset, length) : "";
    };
    take(text(word(12)), text(word(16)));
  }
}

class compiler {
public:
  void run() {
    add_countries();
    add_subdivisions();
    add_cities();
    add_translations();
    add_aliases();
  }

  gazetteer_writer writer;

private:
  void add_countries() {
    simdjson::dom::parser parser;
    auto root = parser.load("/usr/share/iso-codes/json/iso_3166-1.json");
    for (simdjson::dom::object one : root["3166-1"].get_array()) {
      auto code = text_at(one, "alpha_2");
      auto name = text_at(one, "common_name");
      if (name.empty())
        name = text_at(one, "name");
      auto id = writer.add(place_kind::country, name, "", "", code, 0);
      countries_[code] = id;
      writer.name(id, text_at(one, "name"));
      writer.name(id, text_at(one, "official_name"));
      writer.code(id, code);
      writer.code(id, text_at(one, "alpha_3"));
    }
    for (const auto& file :
         fs::directory_iterator("/usr/share/unicode/cldr/common/main"))
      scan_cldr(file.path(), "territory",
                [&](const std::string& code, const std::string& name) {
                  if (auto known = countries_.find(code);
                      known != countries_.end())
                    writer.name(known->second, name);
                });
  }

  /// Subdivisions of the first level, by ISO 3166-2. English names are CLDR's.
  void add_subdivisions() {
    std::map<std::string, std::string> english;
    scan_cldr("/usr/share/unicode/cldr/common/subdivisions/en.xml",
              "subdivision",
              [&](const std::string& code, const std::string& name) {
                english[code] = name;
              });
    simdjson::dom::parser parser;
    auto root = parser.load("/usr/share/iso-codes/json/iso_3166-2.json");
    for (simdjson::dom::object one : root["3166-2"].get_array()) {
      auto code = text_at(one, "code");
      std::string_view parent;
      if (one["parent"].get(parent) == simdjson::SUCCESS || code.size() < 4)
        continue;
      auto country = code.substr(0, 2);
      auto part = code.substr(3);
      std::string cldr = country + part;
      for (auto& c : cldr)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      auto local = text_at(one, "name");
      auto name = english.count(cldr) != 0 ? english[cldr] : local;
      auto id = writer.add(place_kind::admin1, name, name, part, country, 0);
      writer.name(id, local);
      writer.code(id, code);
      if (is_used_alone(country))
        writer.code(id, part);
      subdivisions_[country + '/' + bare_key(name)] = {name, part};
      subdivisions_.emplace(country + '/' + bare_key(local),
                            std::pair{name, part});
    }
  }

  /// Countries whose subdivision codes boards write without the country.
  static bool is_used_alone(const std::string& country) {
    return country == "US" || country == "CA" || country == "AU"
           || country == "IN" || country == "BR";
  }

  /// A subdivision's name without the words for what it is.
  static std::string bare_key(const std::string& name) {
    auto key = place_key(name);
    for (std::string word :
         {" province", " region", " state", " oblast", " governorate",
          " county", " prefecture", " district", " department", " city"})
      if (key.size() > word.size()
          && key.compare(key.size() - word.size(), word.size(), word) == 0)
        key.resize(key.size() - word.size());
    for (std::string word : {"canton of ", "province of ", "state of ",
                             "autonomous community of ", "the "})
      if (key.compare(0, word.size(), word) == 0)
        key.erase(0, word.size());
    return key;
  }

  void add_cities() {
    for (int i = 0; i < geonames_get_n_cities(); ++i) {
      auto* city = geonames_get_city(i);
      const char* id = nullptr;
      const char* name = nullptr;
      const char* admin1_id = nullptr;
      const char* admin1 = nullptr;
      const char* country = nullptr;
      guint32 population = 0;
      g_variant_get(city, "(&s&s&s&s&s&s&sudd)", &id, &name, &admin1_id,
                    &admin1, &country, nullptr, nullptr, &population, nullptr,
                    nullptr);
      std::string part;
      std::string region = admin1;
      auto known =
          subdivisions_.find(std::string{country} + '/' + bare_key(admin1));
      if (known != subdivisions_.end())
        std::tie(region, part) = known->second;
      auto place =
          writer.add(place_kind::city, name, region, part, country, population);
      cities_[id] = place;
      // Several cities of one name: what is said of it means the largest.
      auto& largest = largest_[std::string{country} + '/' + place_key(name)];
      if (population >= largest.first)
        largest = {population, place};
      geonames_city_free(city);
    }
  }

  void add_translations() {
    for (const auto& locale : fs::directory_iterator("/usr/share/locale")) {
      auto file = locale.path() / "LC_MESSAGES" / "geonames.mo";
      if (!fs::exists(file))
        continue;
      scan_mo(file, [&](const std::string& id, const std::string& name) {
        if (auto known = cities_.find(id); known != cities_.end())
          writer.name(known->second, name);
      });
    }
  }

  void add_aliases() {
    for (const auto& one : place_aliases()) {
      auto country = std::string{one.country};
      if (one.kind == place_kind::country) {
        writer.name(countries_.at(country), std::string{one.alias});
        continue;
      }
      if (one.kind == place_kind::admin1) {
        auto known =
            subdivisions_.find(country + '/' + bare_key(std::string{one.name}));
        if (known == subdivisions_.end())
          throw std::runtime_error("no subdivision " + std::string{one.name});
        auto id =
            writer.add(place_kind::admin1, known->second.first,
                       known->second.first, known->second.second, country, 0);
        writer.name(id, std::string{one.alias});
        continue;
      }
      auto known =
          largest_.find(country + '/' + place_key(std::string{one.name}));
      if (known == largest_.end())
        throw std::runtime_error("no city " + std::string{one.name});
      writer.name(known->second.second, std::string{one.alias});
    }
  }

  std::map<std::string, place_id> countries_;
  std::map<std::string, std::pair<std::string, std::string>> subdivisions_;
  std::map<std::string, place_id> cities_;
  std::map<std::string, std::pair<std::uint32_t, place_id>> largest_;
};

} // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: gazetteer_compile OUT\n";
    return 2;
  }
  try {
    compiler all;
    all.run();
    auto written = all.writer.write(argv[1]);
    if (!written) {
      std::cerr << written.error().detail << '\n';
      return 1;
    }
  } catch (const std::exception& e) {
    std::cerr << "gazetteer_compile: " << e.what() << '\n';
    return 1;
  }
  return 0;
}
