#include "actors/normalize/currency.hpp"

#include "actors/normalize/fx.hpp"
#include "actors/text/phrase_scanner.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace jobfarm::normalize {

namespace {

struct sign {
  std::string_view text;
  /// The currency it means, or, of signs that several countries use, pairs of
  /// country and currency, "CA CAD AU AUD"; the first is the default.
  std::string_view currency;

  constexpr bool is_shared() const {
    return currency.size() > 3;
  }
};

/// Longer ones first, shared ones behind those that mean one currency.
constexpr sign signs[] = {
    {"US dollars", "USD"}, {"U.S. dollars", "USD"},
    {"dollars US", "USD"}, {"dólares", "USD"},
    {"CDN$", "CAD"},       {"USD$", "USD"},
    {"CAD$", "CAD"},       {"AUD$", "AUD"},
    {"SGD$", "SGD"},       {"HKD$", "HKD"},
    {"NZD$", "NZD"},       {"TWD$", "TWD"},
    {"$CAD", "CAD"},       {"$AUD", "AUD"},
    {"$USD", "USD"},       {"$NZD", "NZD"},
    {"US $", "USD"},       {"U$S", "USD"},
    {"US$", "USD"},        {"AU$", "AUD"},
    {"CA$", "CAD"},        {"NZ$", "NZD"},
    {"HK$", "HKD"},        {"MX$", "MXN"},
    {"NT$", "TWD"},        {"SG$", "SGD"},
    {"AR$", "ARS"},        {"CL$", "CLP"},
    {"CO$", "COP"},        {"R$", "BRL"},
    {"A$", "AUD"},         {"C$", "CAD"},
    {"S$", "SGD"},         {"£", "GBP"},
    {"€", "EUR"},          {"₹", "INR"},
    {"₩", "KRW"},          {"₺", "TRY"},
    {"₪", "ILS"},          {"ש\"ח", "ILS"},
    {"ש״ח", "ILS"},        {"شيكل", "ILS"},
    {"درهم", "AED"},       {"ريال سعودي", "SAR"},
    {"جنيه", "EGP"},       {"฿", "THB"},
    {"₫", "VND"},          {"₱", "PHP"},
    {"₴", "UAH"},          {"₽", "RUB"},
    {"₦", "NGN"},          {"₵", "GHS"},
    {"₸", "KZT"},          {"₨", "PKR"},
    {"E£", "EGP"},         {"zł", "PLN"},
    {"zl", "PLN"},         {"złotych", "PLN"},
    {"Kč", "CZK"},         {"korun", "CZK"},
    {"лв.", "BGN"},        {"лв", "BGN"},
    {"lei", "RON"},        {"人民币", "CNY"},
    {"元", "CNY"},         {"円", "JPY"},
    {"원", "KRW"},         {"บาท", "THB"},
    {"đồng", "VND"},       {"euros", "EUR"},
    {"euro", "EUR"},       {"Euros", "EUR"},
    {"Euro", "EUR"},       {"EURO", "EUR"},
    {"TEUR", "EUR"},       {"Ft", "HUF"},
    {"forint", "HUF"},     {"RM", "MYR"},
    {"Rp.", "IDR"},        {"Rp", "IDR"},
    {"рублей", "RUB"},     {"руб.", "RUB"},
    {"руб", "RUB"},        {"грн", "UAH"},
    {"тенге", "KZT"},      {"pounds", "GBP"},
    {"Sfr.", "CHF"},       {"SFr.", "CHF"},
    {"SFr", "CHF"},        {"Fr.", "CHF"},
    {"TL", "TRY"},         {"Dhs", "AED"},
    {"Dh", "AED"},         {"NIS", "ILS"},
    {"KSh", "KES"},        {"Ksh", "KES"},
    {"KES", "KES"},        {"dirhams", "AED"},
    {"rupees", "INR"},
    {"dollars", "US USD CA CAD AU AUD SG SGD NZ NZD HK HKD"},
    {"$", "US USD CA CAD AU AUD SG SGD NZ NZD HK HKD MX MXN TW TWD CL CLP CO "
          "COP AR ARS UY UYU"},
    {"¥", "JP JPY CN CNY"},
    {"￥", "JP JPY CN CNY"},
    {"kr.", "?? ... SE SEK NO NOK DK DKK IS ISK"},
    {"kr", "?? ... SE SEK NO NOK DK DKK IS ISK"},
    {"Kr", "?? ... SE SEK NO NOK DK DKK IS ISK"},
    {"KR", "?? ... SE SEK NO NOK DK DKK IS ISK"},
    {"Rs.", "IN INR PK PKR LK LKR NP NPR"},
    {"Rs", "IN INR PK PKR LK LKR NP NPR"},
    {",-", "?? ... NL EUR BE EUR DE EUR NO NOK DK DKK SE SEK CZ CZK"},
};

/// Codes that are no word when written small.
constexpr std::string_view small_codes =
    "|usd|eur|gbp|cad|aud|nzd|sgd|hkd|inr|pln|chf|czk|huf|sek|nok|dkk|brl|mxn|"
    "jpy|cny|rmb|krw|aed|zar|myr|thb|vnd|idr|ils|Usd|Eur|Gbp|Inr|Pln|Chf|RMB|"
    "NTD|NIS|";

constexpr std::string_view owned_by =
    "US USD CA CAD GB GBP AU AUD NZ NZD SG SGD HK HKD IN INR JP JPY CN CNY KR "
    "KRW TW TWD CH CHF SE SEK NO NOK DK DKK IS ISK PL PLN CZ CZK HU HUF RO RON "
    "BG EUR UA UAH RU RUB TR TRY IL ILS AE AED SA SAR QA QAR KW KWD BH BHD OM "
    "OMR EG EGP MA MAD ZA ZAR NG NGN KE KES GH GHS PK PKR BD BDT LK LKR NP NPR "
    "MY MYR TH THB VN VND PH PHP ID IDR BR BRL MX MXN AR ARS CL CLP CO COP PE "
    "PEN CR CRC UY UYU RS RSD KZ KZT GE GEL AM AMD AZ AZN MD MDL AL ALL MK MKD "
    "BA BAM LI CHF DE EUR FR EUR ES EUR IT EUR PT EUR NL EUR BE EUR AT EUR IE "
    "EUR FI EUR GR EUR LU EUR MT EUR CY EUR EE EUR LV EUR LT EUR SK EUR SI EUR "
    "HR EUR MC EUR ME EUR XK EUR";

/// The word after `country` in a list of pairs.
std::string_view owner_in(std::string_view pairs, std::string_view country) {
  if (country.size() != 2)
    return {};
  for (std::size_t at = 0; at + 6 <= pairs.size(); at += 7)
    if (pairs.substr(at, 2) == country)
      return pairs.substr(at + 3, 3);
  return {};
}

bool starts(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

bool ends(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size()
         && text.substr(text.size() - tail.size()) == tail;
}

currency_mark mark_of(const sign& one, std::string_view country) {
  if (!one.is_shared())
    return {std::string{one.currency}, false, one.text.size()};
  auto owner = owner_in(one.currency, country);
  if (owner.empty())
    owner = one.currency.substr(3, 3);
  return {owner == "..." ? "" : std::string{owner}, true, one.text.size()};
}

/// Signs by one of their bytes, in the order of the table.
class sign_index {
public:
  /// By the last byte if `is_last`, else by the first.
  explicit sign_index(bool is_last) {
    for (const auto& one : signs)
      by_byte_[byte(is_last ? one.text.back() : one.text.front())].push_back(
          &one);
  }

  /// The first sign with this byte that `matches`.
  template <class Matches>
  std::optional<currency_mark> find(char at, std::string_view country,
                                    Matches matches) const {
    for (const auto* one : by_byte_[byte(at)])
      if (matches(one->text))
        return mark_of(*one, country);
    return std::nullopt;
  }

private:
  static std::size_t byte(char c) {
    return static_cast<unsigned char>(c);
  }

  std::array<std::vector<const sign*>, 256> by_byte_;
};

/// An ISO code, or what stands for one, as written; empty for another word.
std::string code_of(std::string_view word) {
  auto is_letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  if (word.size() != 3 || !std::all_of(word.begin(), word.end(), is_letter))
    return {};
  if (is_currency(word))
    return std::string{word};
  auto at = small_codes.find(word);
  if (at == small_codes.npos)
    return {};
  std::string code{word};
  for (auto& c : code)
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
  return code == "RMB"   ? "CNY"
         : code == "NTD" ? "TWD"
         : code == "NIS" ? "ILS"
                         : code;
}

/// Length of blanks (plain or no-break, at most two) or one of `marks`.
std::size_t gap_before(std::string_view text) {
  auto full = text.size();
  for (int i = 0; i < 2; ++i) {
    if (ends(text, "\xC2\xA0"))
      text.remove_suffix(2);
    else if (ends(text, "\xE2\x80\xAF"))
      text.remove_suffix(3);
    else if (ends(text, " ") || ends(text, ":"))
      text.remove_suffix(1);
  }
  return full - text.size();
}

std::size_t gap_after(std::string_view text) {
  auto full = text.size();
  for (int i = 0; i < 2; ++i) {
    if (starts(text, "\xC2\xA0"))
      text.remove_prefix(2);
    else if (starts(text, "\xE2\x80\xAF"))
      text.remove_prefix(3);
    else if (starts(text, " "))
      text.remove_prefix(1);
  }
  if (starts(text, "(") || starts(text, "/"))
    text.remove_prefix(1);
  return full - text.size();
}

} // namespace

std::optional<currency_mark> currency_before(std::string_view text,
                                             std::string_view country) {
  auto gap = gap_before(text);
  text.remove_suffix(gap);
  if (text.size() >= 3 && !text::is_word_before(text, text.size() - 3))
    if (auto code = code_of(text.substr(text.size() - 3)); !code.empty())
      return currency_mark{code, false, 3 + gap};
  if (text.empty())
    return std::nullopt;
  static const sign_index signs_by_end(true);
  auto found = signs_by_end.find(
      text.back(), country, [&](std::string_view mark) {
    // A sign of letters must not be the end of a word.
    return ends(text, mark) && mark != ",-"
           && (!text::is_word_at(mark, 0)
               || !text::is_word_before(text, text.size() - mark.size()));
  });
  // The rand's sign is a letter: only capital and touching its number.
  if (!found && gap <= 1 && ends(text, "R")
      && !text::is_word_before(text, text.size() - 1)
      && (country == "ZA" || gap == 0))
    found = currency_mark{"ZAR", true, 1};
  if (!found)
    return std::nullopt;
  found->size += gap;
  // "USD $120,000": the code before the sign is surer.
  auto rest = text.substr(0, text.size() - (found->size - gap));
  if (found->is_inferred) {
    auto more = gap_before(rest);
    auto word = rest.substr(0, rest.size() - more);
    if (word.size() >= 3 && !text::is_word_before(word, word.size() - 3))
      if (auto code = code_of(word.substr(word.size() - 3)); !code.empty())
        return currency_mark{code, false, found->size + more + 3};
  }
  return found;
}

std::optional<currency_mark> currency_after(std::string_view text,
                                            std::string_view country) {
  auto gap = gap_after(text);
  text.remove_prefix(gap);
  if (text.size() >= 3 && !text::is_word_at(text, 3))
    if (auto code = code_of(text.substr(0, 3)); !code.empty())
      return currency_mark{code, false, 3 + gap};
  if (text.empty())
    return std::nullopt;
  static const sign_index signs_by_begin(false);
  auto found = signs_by_begin.find(
      text.front(), country, [&](std::string_view mark) {
    auto is_letters = text::is_word_before(mark, mark.size());
    return starts(text, mark)
           && (!is_letters || !text::is_word_at(text, mark.size()));
  });
  if (found)
    found->size += gap;
  return found;
}

std::string_view currency_of_country(std::string_view country) {
  return owner_in(owned_by, country);
}

} // namespace jobfarm::normalize
