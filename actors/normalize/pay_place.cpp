#include "actors/normalize/pay_place.hpp"

#include "actors/normalize/currency.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/utf8.hpp"

#include <string>

namespace jobfarm::normalize {

namespace {

using namespace std::string_view_literals;

struct names_of_place {
  std::string_view key;
  /// Folded, `|` between them.
  std::string_view names;
};

/// Names that ranges of pay are labelled with beside the record's own.
constexpr names_of_place countries[] = {
    {"US", "us|u.s.|u.s|usa|united states|national"},
    {"GB", "uk|u.k.|united kingdom|great britain|england"},
    {"CA", "canada"},
    {"AU", "australia"},
    {"NZ", "new zealand"},
    {"IE", "ireland"},
    {"DE", "germany"},
    {"FR", "france"},
    {"ES", "spain"},
    {"PT", "portugal"},
    {"IT", "italy"},
    {"NL", "netherlands"},
    {"BE", "belgium"},
    {"CH", "switzerland"},
    {"AT", "austria"},
    {"SE", "sweden"},
    {"NO", "norway"},
    {"DK", "denmark"},
    {"FI", "finland"},
    {"PL", "poland|pl"},
    {"CZ", "czech republic|czechia"},
    {"RO", "romania"},
    {"HU", "hungary"},
    {"BG", "bulgaria"},
    {"GR", "greece"},
    {"IN", "india"},
    {"SG", "singapore"},
    {"JP", "japan"},
    {"KR", "korea"},
    {"CN", "china"},
    {"HK", "hong kong"},
    {"IL", "israel"},
    {"AE", "uae|dubai"},
    {"BR", "brazil|brasil"},
    {"MX", "mexico"},
    {"AR", "argentina"},
    {"CO", "colombia"},
    {"LT", "lithuania"},
    {"LV", "latvia"},
    {"EE", "estonia"},
    {"SK", "slovakia"},
    {"UA", "ukraine"},
    {"TR", "turkey"},
    {"LU", "luxembourg"},
    {"ZA", "south africa"},
    {"PH", "philippines"}};

constexpr names_of_place cities[] = {
    {"new york", "nyc|ny|new york metro|manhattan"},
    {"new york city", "nyc|ny|new york|manhattan"},
    {"san francisco", "sf|bay area|san francisco bay"},
    {"los angeles", "la|socal"},
    {"washington", "dc|d.c."},
    {"oakland", "bay area"},
    {"san jose", "bay area|silicon valley"},
    {"palo alto", "bay area"},
    {"mountain view", "bay area"},
    {"sunnyvale", "bay area"},
    {"menlo park", "bay area"},
    {"redwood city", "bay area"}};

bool has_word(std::string_view text, std::string_view word) {
  if (word.size() < 2)
    return false;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if (!text::is_word_before(text, at)
        && !text::is_word_at(text, at + word.size()))
      return true;
  return false;
}

template <std::size_t N>
std::string_view names_of(std::string_view key,
                          const names_of_place (&table)[N]) {
  for (const auto& one : table)
    if (one.key == key)
      return one.names;
  return {};
}

bool has_one(std::string_view text, std::string_view names) {
  auto has = false;
  text::for_each_phrase(names,
                        [&](auto name) { has = has || has_word(text, name); });
  return has;
}

/// Countries with a dollar of their own, and the other one.
constexpr text::phrase_group<std::string_view> dollar_countries[] = {
    {"CAD", "canada"},       {"AUD", "australia"}, {"NZD", "new zealand"},
    {"SGD", "singapore"},    {"HKD", "hong kong"}, {"MXN", "mexico"},
    {"USD", "united states"}};

const text::phrase_table<std::string_view>& dollar_names() {
  static const text::phrase_table<std::string_view> made(dollar_countries);
  return made;
}

/// "US", "U.S" or "USA", written so.
bool has_us(std::string_view original) {
  for (auto at = original.find('U'); at != original.npos;
       at = original.find('U', at + 1))
    for (std::string_view name : {"US"sv, "U.S"sv, "USA"sv})
      if (original.substr(at, name.size()) == name
          && !text::is_word_before(original, at)
          && !text::is_word_at(original, at + name.size()))
        return true;
  return false;
}

} // namespace

bool is_dollar(std::string_view currency) {
  constexpr std::string_view dollars =
      "CAD AUD NZD SGD HKD MXN TWD CLP COP ARS UYU USD";
  return currency.size() == 3 && dollars.find(currency) != dollars.npos;
}

const text::phrase_scanner& dollar_phrases() {
  return dollar_names().scanner();
}

std::string_view dollar_of_words(std::string_view original,
                                 const text::folded_text& folded,
                                 std::size_t from, std::size_t to) {
  const auto& names = dollar_names();
  std::string_view found = has_us(original) ? "USD" : "";
  bool is_one = true;
  names.scanner().scan(folded, from, to, [&](const text::phrase_hit& one) {
    is_one = is_one && (found.empty() || found == names.kind(one));
    found = names.kind(one);
  });
  return is_one ? found : std::string_view{};
}

own_place::own_place(std::string_view city, std::string_view admin1,
                     std::string_view country)
    : city_(text::fold_ascii(city)),
      admin1_(text::fold_ascii(admin1)),
      city_names_(names_of(city_, cities)),
      country_names_(names_of(country, countries)),
      currency_(currency_of_country(country)) {
}

int own_place::closeness(const pay_range& range) const {
  if (!range.label.empty()) {
    auto label = text::fold_ascii(range.label);
    if (has_word(label, city_) || has_one(label, city_names_))
      return 4;
    if (has_word(label, admin1_))
      return 3;
    if (has_one(label, country_names_))
      return 2;
    for (std::string_view rest :
         {"other states", "other locations", "elsewhere"})
      if (has_word(label, rest))
        return 2;
  }
  return !currency_.empty() && range.currency == currency_ ? 1 : 0;
}

} // namespace jobfarm::normalize
