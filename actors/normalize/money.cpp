#include "actors/normalize/money.hpp"

#include "actors/normalize/fx.hpp"

#include <algorithm>
#include <cmath>

namespace jobfarm::normalize {

namespace {

struct sign {
  std::string_view text;
  std::string_view currency;
};

/// Signs that mean one currency; longer ones first.
constexpr sign signs[] = {
    {"US$", "USD"},   {"AU$", "AUD"},  {"CA$", "CAD"},  {"NZ$", "NZD"},
    {"HK$", "HKD"},   {"MX$", "MXN"},  {"NT$", "TWD"},  {"SG$", "SGD"},
    {"R$", "BRL"},    {"A$", "AUD"},   {"C$", "CAD"},   {"S$", "SGD"},
    {"£", "GBP"},     {"€", "EUR"},    {"₹", "INR"},    {"₩", "KRW"},
    {"₺", "TRY"},     {"₪", "ILS"},    {"฿", "THB"},    {"₫", "VND"},
    {"₱", "PHP"},     {"₴", "UAH"},    {"₽", "RUB"},  {"₦", "NGN"},
    {"zł", "PLN"},    {"zl", "PLN"},   {"Kč", "CZK"},   {"лв", "BGN"},
    {"lei", "RON"},   {"元", "CNY"},   {"円", "JPY"},   {"원", "KRW"},
    {"euros", "EUR"}, {"euro", "EUR"}, {"Euro", "EUR"}, {"Ft", "HUF"},
    {"RM", "MYR"},    {"Rp", "IDR"},   {"Rs.", "INR"},  {"Rs", "INR"},
    {"INR", "INR"},   {"руб", "RUB"},  {"грн", "UAH"},  {"pounds", "GBP"},
    {"Fr.", "CHF"},   {"SFr", "CHF"},  {"TL", "TRY"},   {"Dhs", "AED"},
};

/// Dollars by country; USD where the country is unknown or another.
std::string_view dollar_of(std::string_view country) {
  constexpr sign dollars[] = {{"CA", "CAD"}, {"AU", "AUD"}, {"SG", "SGD"},
                              {"NZ", "NZD"}, {"HK", "HKD"}, {"MX", "MXN"},
                              {"TW", "TWD"}, {"CL", "CLP"}, {"CO", "COP"},
                              {"AR", "ARS"}};
  for (const auto& one : dollars)
    if (one.text == country)
      return one.currency;
  return "USD";
}

std::string_view crown_of(std::string_view country) {
  return country == "SE"   ? "SEK"
         : country == "NO" ? "NOK"
         : country == "DK" ? "DKK"
         : country == "IS" ? "ISK"
                           : "";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || static_cast<unsigned char>(c) >= 0x80;
}

bool starts(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

bool ends(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size()
         && text.substr(text.size() - tail.size()) == tail;
}

struct found_sign {
  std::string currency;
  bool is_inferred = false;
  std::size_t size = 0;
};

/// The currency whose sign `matches`, a test for one sign's text.
template <class Matches>
std::optional<found_sign> match_sign(std::string_view country,
                                     Matches matches) {
  for (const auto& one : signs)
    if (matches(one.text))
      return found_sign{std::string{one.currency}, false, one.text.size()};
  if (matches("$"))
    return found_sign{std::string{dollar_of(country)}, true, 1};
  if (matches("¥"))
    return found_sign{country == "CN" ? "CNY" : "JPY", true, 2};
  if (matches("kr.") || matches("kr") || matches("Kr")) {
    std::string crown{crown_of(country)};
    return found_sign{crown, true,
                      static_cast<std::size_t>(matches("kr.") ? 3 : 2)};
  }
  return std::nullopt;
}

std::optional<found_sign> sign_before(std::string_view text,
                                      std::string_view country) {
  auto blanks = text.size();
  while (!text.empty() && text.back() == ' ' && blanks - text.size() < 2)
    text.remove_suffix(1);
  auto skipped = blanks - text.size();
  auto before_sign = [&](std::size_t size) {
    return text.size() > size ? text[text.size() - size - 1] : ' ';
  };
  if (text.size() >= 3 && !is_letter(before_sign(3))) {
    auto code = text.substr(text.size() - 3);
    if (is_currency(code))
      return found_sign{std::string{code}, false, 3 + skipped};
  }
  auto found = match_sign(country, [&](std::string_view mark) {
    // A sign of letters must not be the end of a word.
    return ends(text, mark)
           && (!is_letter(mark[0])
               || static_cast<unsigned char>(mark[0]) >= 0x80
               || !is_letter(before_sign(mark.size())));
  });
  if (found)
    found->size += skipped;
  return found;
}

std::optional<found_sign> sign_after(std::string_view text,
                                     std::string_view country) {
  std::size_t skipped = 0;
  while (skipped < text.size() && skipped < 2 && text[skipped] == ' ')
    ++skipped;
  text.remove_prefix(skipped);
  auto after = [&](std::size_t size) {
    return text.size() > size ? text[size] : ' ';
  };
  if (text.size() >= 3 && is_currency(text.substr(0, 3))
      && !is_letter(after(3)))
    return found_sign{std::string{text.substr(0, 3)}, false, 3 + skipped};
  auto found = match_sign(country, [&](std::string_view mark) {
    return starts(text, mark)
           && (!is_letter(mark[0])
               || static_cast<unsigned char>(mark[0]) >= 0xE0
               || !is_letter(after(mark.size())));
  });
  if (found)
    found->size += skipped;
  return found;
}

struct suffix {
  std::string_view text;
  double factor;
};

/// What a number is multiplied by; longer ones first.
constexpr suffix suffixes[] = {
    {"lakhs", 1e5},   {"lakh", 1e5}, {"lacs", 1e5}, {"lac", 1e5},
    {"LPA", 1e5},     {"Lpa", 1e5},  {"lpa", 1e5},  {"crores", 1e7},
    {"crore", 1e7},   {"Cr", 1e7},   {"cr", 1e7},   {"tys.", 1e3},
    {"tys", 1e3},     {"tis.", 1e3}, {"тыс.", 1e3}, {"тыс", 1e3},
    {"million", 1e6}, {"mln", 1e6},  {"mn", 1e6},   {"Mio", 1e6},
    {"billion", 1e9}, {"bn", 1e9},   {"万", 1e4},   {"萬", 1e4},
    {"만", 1e4},      {"k", 1e3},    {"K", 1e3},    {"m", 1e6},
    {"M", 1e6},       {"B", 1e9},    {"L", 1e5},    {"w", 1e4},
};

const suffix* suffix_after(std::string_view text, std::size_t& size) {
  std::size_t skipped = !text.empty() && text[0] == ' ' ? 1 : 0;
  for (const auto& one : suffixes) {
    // A single letter belongs to the number only if it touches it.
    auto at = one.text.size() == 1 ? 0 : skipped;
    auto rest = text.substr(std::min(at, text.size()));
    auto next = rest.size() > one.text.size() ? rest[one.text.size()] : ' ';
    auto is_word = is_letter(one.text.back())
                   && static_cast<unsigned char>(one.text[0]) < 0xE0;
    if (starts(rest, one.text) && !(is_word && is_letter(next))) {
      size = at + one.text.size();
      return &one;
    }
  }
  return nullptr;
}

/// Length of a separator of digit groups at the front of `text`: one of
/// `. , ' ’` or a blank of any width; 0 for none.
std::size_t separator_size(std::string_view text) {
  for (std::string_view mark : {".", ",", "'", " ", "\xE2\x80\x99", "\xC2\xA0",
                                "\xE2\x80\xAF", "\xE2\x80\x89"})
    if (starts(text, mark))
      return mark.size();
  return 0;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count]))
    ++count;
  return count;
}

struct number {
  double value = 0;
  std::size_t end = 0;
};

/// Reads a number at `at`, a digit. Groups of three (or two, in India) after a
/// separator are thousands; one or two digits after a last `.` or `,` are a
/// fraction.
number read_number(std::string_view text, std::size_t at) {
  std::string digits;
  auto run = digits_at(text, at);
  digits.append(text.substr(at, run));
  auto end = at + run;
  std::string_view separator;
  bool has_groups = false;
  while (run <= 3 && digits.size() < 15) {
    auto size = separator_size(text.substr(end));
    if (size == 0)
      break;
    auto mark = text.substr(end, size);
    auto group = digits_at(text, end + size);
    auto is_group =
        group == 3
        || (group == 2 && mark == "," && digits_at(text, end + size + 3) > 0
            && text[end + size + 2] == ',');
    if (!is_group || (has_groups && mark != separator))
      break;
    digits.append(text.substr(end + size, group));
    separator = mark;
    has_groups = true;
    end += size + group;
  }
  number read{std::strtod(digits.c_str(), nullptr), end};
  if (end + 1 < text.size() && (text[end] == '.' || text[end] == ',')
      && text.substr(end, 1) != separator) {
    auto fraction = digits_at(text, end + 1);
    if (fraction == 1 || fraction == 2) {
      auto part = std::strtod(
          std::string{text.substr(end + 1, fraction)}.c_str(), nullptr);
      read.value += part / std::pow(10.0, static_cast<double>(fraction));
      read.end = end + 1 + fraction;
    }
  }
  return read;
}

} // namespace

std::vector<money> find_money(std::string_view text, std::string_view country) {
  constexpr std::size_t most = 2000;
  std::vector<money> all;
  std::size_t last_end = 0;
  for (std::size_t at = 0; at < text.size() && all.size() < most;) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    auto read = read_number(text, at);
    money one;
    one.amount = read.value;
    one.begin = at;
    one.end = read.end;
    std::size_t size = 0;
    if (const auto* by = suffix_after(text.substr(one.end), size)) {
      one.factor = by->factor;
      one.amount *= by->factor;
      one.end += size;
    }
    auto before = sign_before(text.substr(last_end, at - last_end), country);
    auto after = sign_after(text.substr(one.end), country);
    if (const auto& beside = before ? before : after) {
      one.currency = beside->currency;
      one.is_currency_inferred = beside->is_inferred;
      if (before)
        one.begin -= before->size;
      else
        one.end += after->size;
    }
    last_end = one.end;
    at = std::max(one.end, at + 1);
    all.push_back(std::move(one));
  }
  return all;
}

} // namespace jobfarm::normalize
