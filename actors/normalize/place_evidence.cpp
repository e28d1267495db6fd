#include "actors/normalize/place_evidence.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>
#include <string>

namespace jobfarm::normalize {

namespace {

struct country_hint {
  std::string_view word;
  /// ISO 3166-1, with blanks between.
  std::string_view countries;
};

constexpr std::string_view euro_area =
    "DE FR ES IT NL BE AT IE PT FI GR LU SK SI EE LV LT HR MT CY BG";
constexpr std::string_view spanish_speaking =
    "ES MX AR CO CL PE VE EC GT CU BO DO HN PY SV NI CR PA UY PR";

/// ISO 4217; a dollar sign alone says nothing.
constexpr country_hint currencies[] = {
    {"GBP", "GB"},     {"CAD", "CA"}, {"AUD", "AU"}, {"NZD", "NZ"},
    {"INR", "IN"},     {"BRL", "BR"}, {"MXN", "MX"}, {"PLN", "PL"},
    {"SEK", "SE"},     {"NOK", "NO"}, {"DKK", "DK"}, {"CHF", "CH"},
    {"JPY", "JP"},     {"SGD", "SG"}, {"HKD", "HK"}, {"ZAR", "ZA"},
    {"COP", "CO"},     {"ARS", "AR"}, {"CLP", "CL"}, {"CRC", "CR"},
    {"PEN", "PE"},     {"ILS", "IL"}, {"AED", "AE"}, {"SAR", "SA"},
    {"EGP", "EG"},     {"PKR", "PK"}, {"PHP", "PH"}, {"TRY", "TR"},
    {"CZK", "CZ"},     {"HUF", "HU"}, {"RON", "RO"}, {"GEL", "GE"},
    {"KRW", "KR"},     {"CNY", "CN"}, {"JMD", "JM"}, {"UAH", "UA"},
    {"NGN", "NG"},     {"KES", "KE"}, {"DOP", "DO"}, {"MYR", "MY"},
    {"EUR", euro_area}};

/// Languages, and the countries whose ads are mostly written in them.
constexpr country_hint languages[] = {{"de", "DE AT CH"},
                                      {"fr", "FR BE CH CA LU"},
                                      {"it", "IT CH"},
                                      {"nl", "NL BE"},
                                      {"pl", "PL"},
                                      {"sv", "SE"},
                                      {"da", "DK"},
                                      {"nb", "NO"},
                                      {"no", "NO"},
                                      {"fi", "FI"},
                                      {"cs", "CZ"},
                                      {"hu", "HU"},
                                      {"ro", "RO"},
                                      {"ja", "JP"},
                                      {"ko", "KR"},
                                      {"tr", "TR"},
                                      {"he", "IL"},
                                      {"ru", "RU"},
                                      {"uk", "UA"},
                                      {"el", "GR"},
                                      {"es", spanish_speaking},
                                      {"pt", "BR PT"}};

/// First labels of job sites' national hosts ("uk.indeed.com") and ends of
/// national domains.
constexpr country_hint hosts[] = {
    {"uk", "GB"}, {"ca", "CA"}, {"au", "AU"}, {"in", "IN"}, {"de", "DE"},
    {"fr", "FR"}, {"es", "ES"}, {"it", "IT"}, {"nl", "NL"}, {"ie", "IE"},
    {"nz", "NZ"}, {"mx", "MX"}, {"br", "BR"}, {"za", "ZA"}, {"pl", "PL"},
    {"ch", "CH"}, {"at", "AT"}, {"be", "BE"}, {"cl", "CL"}, {"ar", "AR"},
    {"cr", "CR"}, {"ve", "VE"}, {"pe", "PE"}, {"ph", "PH"}, {"pk", "PK"}};

/// Legal forms that few countries have (ISO 20275), folded, dots gone; longer
/// ones before those that they end with.
constexpr country_hint forms[] = {{"pty ltd", "AU ZA"},
                                  {"pte ltd", "SG"},
                                  {"pvt ltd", "IN PK LK BD"},
                                  {"private limited", "IN PK LK BD"},
                                  {"sdn bhd", "MY"},
                                  {"co ltd", "CN JP KR TH TW VN"},
                                  {"ltd", "GB IE IN NZ CA NG IL HK"},
                                  {"limited", "GB IE IN NZ CA NG HK"},
                                  {"plc", "GB IE"},
                                  {"llp", "GB US IN"},
                                  {"inc", "US"},
                                  {"llc", "US"},
                                  {"corp", "US"},
                                  {"gmbh", "DE AT CH"},
                                  {"gmbh & co kg", "DE AT"},
                                  {"kgaa", "DE"},
                                  {"ag", "DE CH AT"},
                                  {"bv", "NL BE"},
                                  {"nv", "NL BE"},
                                  {"sarl", "FR LU CH"},
                                  {"sas", "FR CO AR"},
                                  {"srl", "IT RO AR"},
                                  {"spa", "IT CL"},
                                  {"sa de cv", "MX"},
                                  {"sapi de cv", "MX"},
                                  {"s de rl de cv", "MX"},
                                  {"slu", "ES"},
                                  {"sl", "ES"},
                                  {"ltda", "BR CL CO PT"},
                                  {"lda", "PT"},
                                  {"eireli", "BR"},
                                  {"sp z oo", "PL"},
                                  {"spolka z oo", "PL"},
                                  {"sro", "CZ SK"},
                                  {"kft", "HU"},
                                  {"zrt", "HU"},
                                  {"doo", "RS HR SI BA"},
                                  {"ab", "SE FI"},
                                  {"aps", "DK"},
                                  {"a/s", "DK"},
                                  {"as", "NO EE TR"},
                                  {"oy", "FI"},
                                  {"oyj", "FI"},
                                  {"kk", "JP"},
                                  {"ou", "EE"}};

template <std::size_t N>
std::string_view hint_of(const country_hint (&hints)[N],
                         std::string_view word) {
  for (const auto& one : hints)
    if (one.word == word)
      return one.countries;
  return {};
}

/// The last words of a name, folded, without dots and commas.
std::string end_of_name(std::string_view company) {
  constexpr std::size_t longest = 24;
  auto tail =
      company.substr(company.size() - std::min(company.size(), longest));
  auto folded = text::fold_ascii(tail);
  std::string plain;
  for (auto c : folded)
    if (c == ',')
      plain += ' ';
    else if (c != '.')
      plain += c;
  return text::collapse_space(plain);
}

} // namespace

void country_evidence::add(std::string_view countries, double weight) {
  if (!countries.empty())
    hints_.push_back({countries, weight});
}

void country_evidence::add_currency(std::string_view currency) {
  constexpr double strong = 6;
  constexpr double shared = 4;
  constexpr double dollar = 4.5;
  if (currency == "USD")
    return add("US PR", dollar);
  add(hint_of(currencies, currency), currency == "EUR" ? shared : strong);
}

void country_evidence::add_language(std::string_view language) {
  constexpr double spoken = 4;
  add(hint_of(languages, language.substr(0, 2)), spoken);
}

void country_evidence::add_host(std::string_view host) {
  constexpr double national = 4;
  add(hint_of(hosts, host.substr(0, std::min(host.find('.'), host.size()))),
      national);
  auto end = host.rfind('.');
  add(hint_of(hosts, end == host.npos ? "" : host.substr(end + 1)), national);
}

void country_evidence::add_form(std::string_view countries) {
  constexpr double form = 2.5;
  // They hire all over the world, and call Paris in Texas "Paris, TX".
  constexpr double american = 1;
  add(countries, countries == "US" ? american : form);
}

double country_evidence::weight(std::string_view country) const {
  double sum = 0;
  for (const auto& one : hints_)
    if (one.countries.find(country) != one.countries.npos)
      sum += one.weight;
  return sum;
}

std::string_view countries_of_form(std::string_view company) {
  auto end = end_of_name(company);
  const country_hint* longest = nullptr;
  for (const auto& one : forms) {
    auto at = end.size() - std::min(end.size(), one.word.size());
    if (at > 0 && end[at - 1] == ' '
        && std::string_view{end}.substr(at) == one.word
        && (longest == nullptr || one.word.size() > longest->word.size()))
      longest = &one;
  }
  return longest == nullptr ? std::string_view{} : longest->countries;
}

} // namespace jobfarm::normalize
