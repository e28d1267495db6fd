// gazetteer_compile TABLES OUT
//
// Makes gazetteer.bin at build time from Debian's packages: cities of 15,000
// people and more with their names in all languages (libgeonames, GeoNames,
// CC BY 4.0), smaller places and native names (TABLES), countries and
// subdivisions (iso-codes), names of territories in all languages
// (unicode-cldr-core), and the short forms that boards use.

#include "actors/normalize/gazetteer_tables.hpp"
#include "actors/normalize/gazetteer_writer.hpp"
#include "actors/normalize/place_aliases.hpp"
#include "actors/normalize/place_spelling.hpp"
#include "actors/text/ascii.hpp"

#include <geonames.h>
#include <simdjson.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using namespace jobfarm::normalize;
using place_id = gazetteer_writer::place_id;

class compiler {
public:
  void run(const fs::path& tables) {
    add_countries();
    add_subdivisions(tables / "admin1_names.tsv");
    add_cities();
    add_small_places(tables / "small_places.tsv");
    add_native_names(tables / "native_names.tsv");
    add_translations();
    add_aliases();
  }

  gazetteer_writer writer;

private:
  struct subdivision {
    std::string name;
    /// Of ISO 3166-2 without the country, or empty.
    std::string code;
    place_id id;
  };

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

  /// Subdivisions by ISO 3166-2. English names are CLDR's. Those of the second
  /// level (counties, provinces of Italy) are names of the first.
  void add_subdivisions(const fs::path& table) {
    std::map<std::string, std::string> english;
    scan_cldr("/usr/share/unicode/cldr/common/subdivisions/en.xml",
              "subdivision",
              [&](const std::string& code, const std::string& name) {
                english[code] = without_marks(name);
              });
    // CLDR's English name is the deprecated code's.
    english["mxcmx"] = "Mexico City";
    auto named_otherwise = rows_of(table, 4);
    for (const auto& row : named_otherwise)
      english[cldr_code(row[0] + '-' + row[1])] = row[2];
    simdjson::dom::parser parser;
    auto root = parser.load("/usr/share/iso-codes/json/iso_3166-2.json");
    auto all = root["3166-2"].get_array();
    for (simdjson::dom::object one : all)
      if (auto code = text_at(one, "code");
          code.size() >= 4 && is_first_level(code, text_at(one, "parent")))
        add_subdivision(code, text_at(one, "name"), english);
    for (const auto& row : named_otherwise)
      if (auto known = subdivisions_.find(row[0] + '/' + place_key(row[2]));
          known != subdivisions_.end())
        subdivisions_[row[0] + '/' + place_key(row[3])] = known->second;
    for (simdjson::dom::object one : all)
      if (auto parent = text_at(one, "parent");
          !parent.empty() && !is_first_level(text_at(one, "code"), parent))
        add_area(text_at(one, "code"), parent, text_at(one, "name"), english);
    for (const auto& file :
         fs::directory_iterator("/usr/share/unicode/cldr/common/subdivisions"))
      scan_cldr(file.path(), "subdivision",
                [&](const std::string& code, const std::string& name) {
                  if (auto known = by_code_.find(code); known != by_code_.end())
                    writer.name(known->second, name);
                });
  }

  /// Indonesia's provinces lie in islands, which nobody names.
  static bool is_first_level(const std::string& code,
                             const std::string& parent) {
    return parent.empty() != (code.compare(0, 3, "ID-") == 0);
  }

  /// "US-CA" as CLDR has it: "usca".
  static std::string cldr_code(const std::string& code) {
    std::string cldr;
    for (auto c : code)
      if (c != '-')
        cldr += jobfarm::text::ascii_lower(c);
    return cldr;
  }

  void add_subdivision(const std::string& code, const std::string& local,
                       const std::map<std::string, std::string>& english) {
    auto country = code.substr(0, 2);
    auto part = code.substr(3);
    auto translated = english.find(cldr_code(code));
    auto name = translated != english.end() ? translated->second : local;
    auto id = writer.add(place_kind::admin1, name, name, part, country, 0);
    by_code_[cldr_code(code)] = id;
    subdivision made{name, part, id};
    for (const auto& other : names_of(local)) {
      writer.name(id, other);
      subdivisions_.emplace(country + '/' + bare_key(other), made);
    }
    writer.code(id, code);
    if (is_used_alone(country))
      writer.code(id, part);
    if (auto bare = bare_key(name); bare.size() > 3)
      writer.name(id, bare);
    subdivisions_.emplace(country + '/' + bare_key(name), made);
    subdivisions_[country + '/' + place_key(name)] = made;
  }

  void add_area(const std::string& code, std::string parent,
                const std::string& local,
                const std::map<std::string, std::string>& english) {
    auto country = code.substr(0, 2);
    if (parent.rfind(country + '-', 0) != 0)
      parent = country + '-' + parent;
    auto known = by_code_.find(cldr_code(parent));
    if (known == by_code_.end())
      return;
    auto translated = english.find(cldr_code(code));
    auto id = add_part_of(country, known->second);
    for (const auto& other : names_of(local))
      writer.name(id, other);
    if (translated != english.end())
      writer.name(id, translated->second);
    writer.code(id, code);
  }

  /// A nameless place that stands for a state: what is found by its names is
  /// the state.
  place_id add_part_of(const std::string& country, place_id state) {
    for (const auto& [key, one] : subdivisions_)
      if (one.id == state)
        return writer.add(place_kind::admin1, "", one.name, one.code, country,
                          0);
    return state;
  }

  /// Countries whose subdivision codes boards write without the country.
  static bool is_used_alone(const std::string& country) {
    return country == "US" || country == "CA" || country == "AU"
           || country == "IN" || country == "BR";
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
      cities_[id] = add_city(name, admin1, country, population);
      geonames_city_free(city);
    }
  }

  place_id add_city(const std::string& name, const std::string& admin1,
                    const std::string& country, std::uint32_t population) {
    std::string code;
    std::string region = admin1;
    if (auto* known = subdivision_of(country, admin1)) {
      region = known->name;
      code = known->code;
      writer.grow(known->id, population);
    }
    if (auto known = countries_.find(country); known != countries_.end())
      writer.grow(known->second, population);
    constexpr std::size_t suffix = 5;
    auto place = writer.add(place_kind::city, plain_name(name, country), region,
                            code, country, population);
    auto plain = plain_name(name, country);
    if (country == "KR" || plain.size() + suffix == name.size())
      writer.name(place, name);
    // Philippine cities carry the word, and lose it in speech.
    if (country == "PH" && name.size() > suffix
        && name.compare(name.size() - suffix, suffix, " City") == 0)
      writer.name(place, name.substr(0, name.size() - suffix));
    // Several cities of one name: what is said of it means the largest.
    auto& largest =
        largest_[country + '/' + place_key(plain_name(name, country))];
    if (population >= largest.first)
      largest = {population, place};
    return place;
  }

  /// The subdivision that GeoNames means, made of its name where ISO has none.
  const subdivision* subdivision_of(const std::string& country,
                                    const std::string& admin1) {
    if (admin1.empty())
      return nullptr;
    auto key = country + '/' + bare_key(admin1);
    auto known = subdivisions_.find(country + '/' + place_key(admin1));
    if (known == subdivisions_.end())
      known = subdivisions_.find(key);
    if (known == subdivisions_.end()) {
      auto id = writer.add(place_kind::admin1, admin1, admin1, "", country, 0);
      known = subdivisions_.emplace(key, subdivision{admin1, "", id}).first;
    }
    writer.name(known->second.id, admin1);
    return &known->second;
  }

  /// Names in the script of the country that the packages leave out.
  void add_native_names(const fs::path& table) {
    for (const auto& row : rows_of(table, 3)) {
      auto known =
          largest_.find(row[0] + '/' + place_key(plain_name(row[1], row[0])));
      if (known == largest_.end())
        continue;
      const auto& names = row[2];
      for (std::size_t at = 0; at < names.size();) {
        auto end = std::min(names.find('|', at), names.size());
        add_native_name(known->second.second, names.substr(at, end - at));
        at = end + 1;
      }
    }
  }

  /// A native name, and without the word for "city" that it may end in. In
  /// China what is left is too often a district's name too.
  void add_native_name(place_id city, const std::string& name) {
    writer.name(city, name);
    if (writer.country_of(city) == "CN")
      return;
    for (std::string_view word : {"市", "시"})
      if (name.size() > 2 * word.size()
          && name.compare(name.size() - word.size(), word.size(), word) == 0)
        writer.name(city, name.substr(0, name.size() - word.size()));
  }

  /// Places of 5,000 people and more that the package leaves out.
  void add_small_places(const fs::path& table) {
    std::ifstream in(table);
    if (!in)
      throw std::runtime_error("cannot read " + table.string());
    std::string country;
    std::string admin1;
    for (std::string line; std::getline(in, line);) {
      auto tab = line.find('\t');
      if (line.rfind('#', 0) == 0 || tab == line.npos)
        continue;
      if (line[0] == '@') {
        country = line.substr(1, tab - 1);
        admin1 = line.substr(tab + 1);
        continue;
      }
      constexpr std::uint32_t unit = 1000;
      add_city(line.substr(0, tab), admin1, country,
               static_cast<std::uint32_t>(std::stoul(line.substr(tab + 1)))
                   * unit);
    }
  }

  void add_translations() {
    for (const auto& locale : fs::directory_iterator("/usr/share/locale")) {
      auto file = locale.path() / "LC_MESSAGES" / "geonames.mo";
      if (!fs::exists(file))
        continue;
      scan_mo(file, [&](const std::string& id, const std::string& name) {
        if (auto known = cities_.find(id); known != cities_.end())
          add_native_name(known->second, name);
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
        writer.name(known->second.id, std::string{one.alias});
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
  /// By country and `bare_key`.
  std::map<std::string, subdivision> subdivisions_;
  /// By CLDR's code.
  std::map<std::string, place_id> by_code_;
  std::map<std::string, place_id> cities_;
  std::map<std::string, std::pair<std::uint32_t, place_id>> largest_;
};

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: gazetteer_compile TABLES OUT\n";
    return 2;
  }
  try {
    compiler all;
    all.run(argv[1]);
    auto written = all.writer.write(argv[2]);
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
