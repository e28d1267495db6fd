#include "actors/normalize/regions.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <iterator>
#include <unordered_map>

namespace jobfarm::normalize {

namespace {

struct region_members {
  std::string_view region;
  std::string_view countries;
};

/// Every ISO 3166-1 country in exactly one region: the project's own mapping,
/// with the members that the record contract fixes. Codes are blank-separated.
constexpr region_members regions[] = {
    {"Southern Europe", "AD AL BA CY ES GI GR HR IT ME MK MT PT RS SI SM VA "},
    {"Middle East", "AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE "},
    {"South Asia", "AF BD BT IN IO LK MV NP PK "},
    {"Latin America",
     "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF "
     "GP GT GY HN HT JM KN KY LC MF MQ MS NI PA PE PR PY SR SV SX TC TT "
     "UY VC VE VG VI "},
    {"Central Asia", "AM AZ GE KG KZ TJ TM UZ "},
    {"Africa",
     "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ "
     "GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL "
     "SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW "},
    {"Australia/Oceania",
     "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK "
     "TO TV VU WF WS "},
    {"Western Europe", "AT BE CH DE FR GB GG IE IM JE LI LU MC NL "},
    {"Northern Europe", "AX DK EE FI FO IS LT LV NO SE SJ "},
    {"Eastern Europe", "BG BY CZ HU MD PL RO RU SK UA "},
    {"North America", "BM CA GL MX PM UM US "},
    {"Southeast Asia", "BN ID KH LA MM MY PH SG TH TL VN "},
    {"East Asia", "CN HK JP KP KR MN MO TW "},
};

/// A scope names where a remote worker may live; it is never one country.
struct scope_word {
  std::string_view key;
  std::string_view scope;
};

/// Keys as `place_key` gives them.
constexpr scope_word scopes[] = {
    {"worldwide", "worldwide"},
    {"anywhere", "worldwide"},
    {"global", "worldwide"},
    {"globally", "worldwide"},
    {"anywhere in the world", "worldwide"},
    {"work from anywhere", "worldwide"},
    {"world", "worldwide"},
    {"international", "worldwide"},
    {"emea", "EMEA"},
    {"eu", "EU"},
    {"european union", "EU"},
    {"eu only", "EU"},
    {"eea", "EU"},
    {"europe", "Europe"},
    {"europe only", "Europe"},
    {"european timezones", "Europe"},
    {"apac", "APAC"},
    {"asia pacific", "APAC"},
    {"asia", "APAC"},
    {"latam", "LATAM"},
    {"latin america", "LATAM"},
    {"south america", "LATAM"},
    {"north america", "NA"},
    {"northern america", "NA"},
    {"americas", "Americas"},
    {"the americas", "Americas"},
    {"amer", "Americas"},
    {"dach", "DACH"},
    {"benelux", "Benelux"},
    {"nordics", "Nordics"},
    {"nordic", "Nordics"},
    {"scandinavia", "Nordics"},
    {"gcc", "GCC"},
    {"anz", "ANZ"},
    {"cee", "CEE"},
    {"mena", "MENA"},
    {"middle east", "Middle East"},
    {"africa", "Africa"},
    {"sub saharan africa", "Africa"},
    {"caribbean", "Caribbean"},
    {"iberia", "Iberia"},
    {"balkans", "Balkans"},
    {"baltics", "Baltics"},
    {"baltic states", "Baltics"},
    {"central america", "LATAM"},
    {"latin american", "LATAM"},
    {"western europe", "Western Europe"},
    {"eastern europe", "Eastern Europe"},
    {"central eastern europe", "CEE"},
    {"central and eastern europe", "CEE"},
    {"northern europe", "Northern Europe"},
    {"southern europe", "Southern Europe"},
    {"southeast asia", "Southeast Asia"},
    {"south east asia", "Southeast Asia"},
    {"sea region", "Southeast Asia"},
    {"east asia", "East Asia"},
    {"south asia", "South Asia"},
    {"central asia", "Central Asia"},
    {"oceania", "ANZ"},
    {"australasia", "ANZ"},
    {"japac", "APAC"},
    {"apj", "APAC"},
    {"noram", "NA"},
    {"namer", "NA"},
    {"lac", "LATAM"},
    {"america latina", "LATAM"},
    {"latinoamerica", "LATAM"},
    {"ue", "EU"},
    {"union europea", "EU"},
    {"union europeenne", "EU"},
    {"europaische union", "EU"},
    {"europa", "Europe"},
    {"european", "Europe"},
    {"europaweit", "Europe"},
    {"eu/eea", "EU"},
    {"uki", "UKI"},
    {"uk and ireland", "UKI"},
    {"mundial", "worldwide"},
    {"weltweit", "worldwide"},
    {"monde entier", "worldwide"},
    {"en todo el mundo", "worldwide"},
    {"planet earth", "worldwide"},
    {"earth", "worldwide"},
    {"all countries", "worldwide"},
    {"any country", "worldwide"},
    {"any location", "worldwide"},
    {"remote anywhere", "worldwide"},
    {"global remote", "worldwide"},
};

/// What scopes cover: regions and scopes above, each with a semicolon behind
/// it, and countries.
struct scope_extent {
  std::string_view scope;
  std::string_view regions;
  std::string_view countries;
};

/// The definitions of the project's reference data; those it does not have
/// are the usual ones.
constexpr scope_extent extents[] = {
    {"Europe", "Western Europe;Northern Europe;Southern Europe;Eastern Europe;",
     ""},
    {"EMEA", "Europe;Middle East;Africa;", ""},
    {"EU", "",
     "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO "
     "SE SI SK "},
    {"APAC", "East Asia;Southeast Asia;South Asia;Australia/Oceania;", ""},
    {"LATAM", "Latin America;", "MX "},
    {"NA", "North America;", ""},
    {"Americas", "North America;Latin America;", ""},
    {"DACH", "", "DE AT CH "},
    {"Benelux", "", "BE NL LU "},
    {"Nordics", "", "DK FI IS NO SE "},
    {"GCC", "", "AE BH KW OM QA SA "},
    {"ANZ", "", "AU NZ "},
    {"CEE", "Eastern Europe;", "HR SI EE LV LT "},
    {"MENA", "Middle East;", "DZ EG LY MA TN "},
    {"Caribbean", "",
     "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC "
     "TT VC VG VI "},
    {"Iberia", "", "AD ES GI PT "},
    {"Balkans", "", "AL BA BG GR HR ME MK RO RS SI "},
    {"Baltics", "", "EE LT LV "},
    {"UKI", "", "GB IE "},
};

constexpr std::size_t code_count = 26 * 26;

/// The number of an ISO 3166-1 alpha-2 code; `code_count` for another text.
std::size_t number_of(std::string_view country) {
  auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (country.size() != 2 || !is_capital(country[0]) || !is_capital(country[1]))
    return code_count;
  return static_cast<std::size_t>((country[0] - 'A') * 26 + country[1] - 'A');
}

} // namespace

std::string_view region_of(std::string_view country) {
  static const auto all = [] {
    std::array<std::string_view, code_count + 1> made;
    made.fill(other_region);
    for (const auto& one : regions)
      for (std::size_t at = 0; at + 2 <= one.countries.size(); at += 3)
        made[number_of(one.countries.substr(at, 2))] = one.region;
    made[number_of("XK")] = "Southern Europe";
    return made;
  }();
  return all[number_of(country)];
}

namespace {

using country_set = std::bitset<code_count + 1>;

/// Calls `take` with each part of `list` that ends with `mark`.
template <class Take>
void for_each_part(std::string_view list, char mark, Take take) {
  for (std::size_t end = 0; (end = list.find(mark)) != list.npos;
       list.remove_prefix(end + 1))
    take(list.substr(0, end));
}

std::unordered_map<std::string_view, country_set> all_extents() {
  std::unordered_map<std::string_view, country_set> made;
  for (const auto& one : regions)
    for_each_part(one.countries, ' ', [&](std::string_view country) {
      made[one.region].set(number_of(country));
    });
  for (const auto& one : extents) {
    auto& countries = made[one.scope];
    for_each_part(one.regions, ';',
                  [&](std::string_view region) { countries |= made[region]; });
    for_each_part(one.countries, ' ', [&](std::string_view country) {
      countries.set(number_of(country));
    });
  }
  return made;
}

/// The countries of a scope or region; none for what is neither.
const country_set& countries_of(std::string_view scope) {
  static const auto all = all_extents();
  static const country_set none;
  auto found = all.find(scope);
  return found == all.end() ? none : found->second;
}

} // namespace

std::string_view region_named(std::string_view name) {
  auto folded = text::fold_ascii(name);
  auto found = std::find_if(std::begin(regions), std::end(regions),
                            [&](const region_members& one) {
                              return text::fold_ascii(one.region) == folded;
                            });
  if (found != std::end(regions))
    return found->region;
  return folded == text::fold_ascii(other_region) ? other_region
                                                  : std::string_view{};
}

bool lies_in_scope(std::string_view country, std::string_view scope) {
  auto number = number_of(country);
  return number < code_count && countries_of(scope).test(number);
}

bool scopes_nest(std::string_view a, std::string_view b) {
  if (a == b || a == "worldwide" || b == "worldwide")
    return true;
  const auto& left = countries_of(a);
  const auto& right = countries_of(b);
  auto both = left & right;
  return both.any() && (both == left || both == right);
}

std::string_view scope_of(std::string_view key) {
  static const auto all = [] {
    std::unordered_map<std::string_view, std::string_view> made;
    for (const auto& one : scopes)
      made.emplace(one.key, one.scope);
    return made;
  }();
  auto found = all.find(key);
  return found == all.end() ? std::string_view{} : found->second;
}

bool begins_scope(std::string_view key) {
  return std::any_of(std::begin(scopes), std::end(scopes),
                     [&](const scope_word& one) {
                       return one.key.substr(0, key.size()) == key;
                     });
}

} // namespace jobfarm::normalize
