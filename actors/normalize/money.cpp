#include "actors/normalize/money.hpp"

#include "actors/normalize/currency.hpp"
#include "actors/text/affix.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/folded_text.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace jobfarm::normalize {

namespace {

using text::is_digit;
using text::starts;

struct suffix {
  std::string_view text;
  double factor;
};

/// What a number is multiplied by; longer ones first.
constexpr suffix suffixes[] = {
    {"thousand", 1e3}, {"tausend", 1e3},    {"lakhs", 1e5},
    {"lakh", 1e5},     {"Lakhs", 1e5},      {"Lakh", 1e5},
    {"Lacs", 1e5},     {"Lac", 1e5},        {"lacs", 1e5},
    {"lac", 1e5},      {"LPA", 1e5},        {"Lpa", 1e5},
    {"lpa", 1e5},      {"L.P.A", 1e5},      {"crores", 1e7},
    {"crore", 1e7},    {"Crores", 1e7},     {"Crore", 1e7},
    {"Cr", 1e7},       {"cr", 1e7},         {"tys.", 1e3},
    {"tys", 1e3},      {"tis.", 1e3},       {"tis", 1e3},
    {"тыс.", 1e3},     {"тыс", 1e3},        {"тис.", 1e3},
    {"тис", 1e3},      {"T EUR", 1e3},      {"T Euro", 1e3},
    {"kCHF", 1e3},     {"kUSD", 1e3},       {"kGBP", 1e3},
    {"TEUR", 1e3},     {"T€", 1e3},         {"Tsd.", 1e3},
    {"Tsd", 1e3},      {"million", 1e6},    {"Million", 1e6},
    {"millones", 1e6}, {"milhões", 1e6},    {"mln", 1e6},
    {"mn", 1e6},       {"Mio", 1e6},        {"mio", 1e6},
    {"millions", 1e6}, {"Millionen", 1e6},  {"milioni", 1e6},
    {"miljoen", 1e6},  {"millioner", 1e6},  {"miljoner", 1e6},
    {"milionów", 1e6}, {"млн", 1e6},        {"trillion", 1e12},
    {"billions", 1e9}, {"Milliarden", 1e9}, {"mld", 1e9},
    {"mrd", 1e9},      {"mia", 1e9},        {"miliardi", 1e9},
    {"млрд", 1e9},     {"millió", 1e6},     {"milliárd", 1e9},
    {"ezer", 1e3},     {"mii", 1e3},        {"mille", 1e3},
    {"mila", 1e3},     {"duizend", 1e3},    {"tusen", 1e3},
    {"tusind", 1e3},   {"tisíc", 1e3},      {"bin", 1e3},
    {"ribu", 1e3},     {"rb", 1e3},         {"хил.", 1e3},
    {"хиляди", 1e3},   {"χιλ.", 1e3},       {"אלף", 1e3},
    {"ألف", 1e3},      {"triệu", 1e6},      {"juta", 1e6},
    {"jt", 1e6},       {"billion", 1e9},    {"bn", 1e9},
    {"Mrd", 1e9},      {"億", 1e8},         {"亿", 1e8},
    {"억", 1e8},       {"万", 1e4},         {"萬", 1e4},
    {"만", 1e4},       {"천만", 1e7},       {"千", 1e3},
    {"mil", 1e3},      {"kkr", 1e3},        {"KEUR", 1e3},
    {"keur", 1e3},     {"kEUR", 1e3},       {"k", 1e3},
    {"K", 1e3},        {"m", 1e6},          {"M", 1e6},
    {"B", 1e9},        {"b", 1e9},          {"L", 1e5},
    {"w", 1e4},        {"W", 1e4},
};

/// Suffixes that name their currency leave it in the text.
std::size_t suffix_size(std::string_view suffix) {
  if (suffix == "T€")
    return 1;
  if (suffix == "T EUR" || suffix == "T Euro" || suffix == "TEUR"
      || suffix == "KEUR" || suffix == "keur" || suffix == "kEUR"
      || suffix == "kCHF" || suffix == "kUSD" || suffix == "kGBP")
    return 1;
  return suffix == "kkr" ? 1 : suffix.size();
}

/// The suffixes that begin with a byte, in the order of the table.
const std::vector<const suffix*>& suffixes_from(char first) {
  static const auto by_byte = [] {
    std::array<std::vector<const suffix*>, 256> all;
    for (const auto& one : suffixes)
      all[static_cast<unsigned char>(one.text.front())].push_back(&one);
    return all;
  }();
  return by_byte[static_cast<unsigned char>(first)];
}

const suffix* suffix_after(std::string_view text, std::size_t& size) {
  std::size_t skipped = !text.empty() && text[0] == ' ' ? 1 : 0;
  if (starts(text, "\xC2\xA0"))
    skipped = 2;
  auto rest = text.substr(skipped);
  if (rest.empty())
    return nullptr;
  for (const auto* one : suffixes_from(rest.front())) {
    // A single letter other than k belongs to the number only if it touches it.
    auto is_letter_alone =
        one->text.size() == 1 && one->text != "k" && one->text != "K";
    if ((is_letter_alone && skipped > 0) || !starts(rest, one->text))
      continue;
    // "20K×14" is multiplied.
    auto is_word = text::is_word_before(rest, one->text.size())
                   && !starts(rest.substr(one->text.size()), "\xC3\x97");
    if (is_word && text::is_word_at(rest, one->text.size()))
      continue;
    size = skipped + suffix_size(one->text);
    return one;
  }
  return nullptr;
}

/// Length of a separator of digit groups at the front of `text`: one of
/// `. , ' ’` or a blank of any width; 0 for none.
std::size_t separator_size(std::string_view text) {
  if (text.empty())
    return 0;
  switch (static_cast<unsigned char>(text[0])) {
    case '.':
    case ',':
    case '\'':
    case ' ': return 1;
    case 0xC2: return starts(text, "\xC2\xA0") ? 2 : 0;
    case 0xE2:
      return starts(text, "\xE2\x80\x99") || starts(text, "\xE2\x80\xAF")
                     || starts(text, "\xE2\x80\x89")
                 ? 3
                 : 0;
    default: return 0;
  }
}

constexpr std::size_t most_exact_digits = 18;

/// `value` with digits written behind it; there are at most
/// `most_exact_digits` in all.
std::uint64_t with_digits(std::uint64_t value, std::string_view digits) {
  for (char c : digits)
    value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

/// The number that decimal digits give, however many.
double value_of(std::string_view digits) {
  if (digits.size() > most_exact_digits)
    return std::strtod(std::string{digits}.c_str(), nullptr);
  return static_cast<double>(with_digits(0, digits));
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
  bool has_groups = false;
};

/// The number with the digits behind its `.` or `,`, which must not be the
/// separator of its groups.
number with_fraction(std::string_view text, number read,
                     std::string_view separator) {
  auto end = read.end;
  if (end + 1 >= text.size() || (text[end] != '.' && text[end] != ',')
      || text.substr(end, 1) == separator)
    return read;
  auto fraction = digits_at(text, end + 1);
  if (fraction != 1 && fraction != 2)
    return read;
  auto part = value_of(text.substr(end + 1, fraction));
  read.value += part / (fraction == 1 ? 10 : 100);
  read.end = end + 1 + fraction;
  // "72000.00" is written as money.
  read.has_groups = read.has_groups || (fraction == 2 && read.value >= 1000);
  return read;
}

/// Reads a number at `at`, a digit. Groups of three (or two, in India) after a
/// separator are thousands; one or two digits after a last `.` or `,` are a
/// fraction.
number read_number(std::string_view text, std::size_t at) {
  constexpr std::size_t longest_group = 3;
  constexpr std::size_t most_grouped = most_exact_digits - longest_group;
  auto count = digits_at(text, at);
  auto end = at + count;
  if (count > longest_group)
    return with_fraction(text, {value_of(text.substr(at, count)), end, false},
                         {});
  auto value = with_digits(0, text.substr(at, count));
  std::string_view separator;
  while (count < most_grouped) {
    auto size = separator_size(text.substr(end));
    if (size == 0)
      break;
    auto mark = text.substr(end, size);
    auto group = digits_at(text, end + size);
    auto is_group =
        group == longest_group
        || (group == 2 && mark == "," && digits_at(text, end + size + 3) > 0
            && text[end + size + 2] == ',');
    if (!is_group || (!separator.empty() && mark != separator))
      break;
    value = with_digits(value, text.substr(end + size, group));
    count += group;
    separator = mark;
    end += size + group;
  }
  return with_fraction(
      text, {static_cast<double>(value), end, !separator.empty()}, separator);
}

/// The position of the first digit of `text` at `at` or behind it; npos if
/// there is none.
std::size_t next_digit(std::string_view text, std::size_t at) {
  auto found = block::find(
      text, at, [](block::bytes b) { return block::between(b, '0', '9'); },
      [](unsigned char c) { return is_digit(static_cast<char>(c)); });
  return found == text.size() ? text.npos : found;
}

} // namespace

void find_money(std::string_view text, std::string_view country,
                std::vector<money>& all) {
  constexpr std::size_t most = 2000;
  all.clear();
  std::size_t last_end = 0;
  for (auto at = next_digit(text, 0); at != text.npos && all.size() < most;
       at = next_digit(text, at)) {
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
    // "21万5,000円".
    constexpr double myriad = 1e4;
    if (one.factor == myriad && one.end < text.size()
        && is_digit(text[one.end])) {
      auto rest = read_number(text, one.end);
      one.amount += rest.value < myriad ? rest.value : 0;
      one.end = rest.value < myriad ? rest.end : one.end;
    }
    one.has_groups = read.has_groups;
    auto before =
        currency_before(text.substr(last_end, at - last_end), country);
    auto after = currency_after(text.substr(one.end), country);
    // "Scale 22 $5,409": the sign is of the number that it touches.
    if (after && text.substr(one.end, 1) == " "
        && one.end + after->size < text.size()
        && is_digit(text[one.end + after->size]))
      after.reset();
    // "$100,000 CAD": what the sign leaves open, the code says.
    auto is_surer = before && after && before->is_inferred
                    && !after->is_inferred && !after->currency.empty();
    if (const auto& beside = before && !is_surer ? before : after) {
      one.currency = beside->currency;
      one.is_currency_inferred = beside->is_inferred;
      one.has_mark = true;
      if (before)
        one.begin -= before->size;
      if (!before || is_surer)
        one.end += after->size;
    }
    // "EG 9b" is a grade: nobody writes billions without their currency.
    constexpr double billion = 1e9;
    if (!one.has_mark && one.factor == billion && size == 1) {
      one.amount = read.value;
      one.factor = 1;
      one.end = read.end;
    }
    last_end = one.end;
    at = std::max(one.end, at + 1);
    all.push_back(one);
  }
}

} // namespace jobfarm::normalize
