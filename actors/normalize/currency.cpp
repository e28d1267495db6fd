#include "actors/normalize/currency.hpp"

#include "actors/normalize/fx.hpp"
#include "actors/text/affix.hpp"
#include "actors/text/phrase_begins.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
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
#include "actors/normalize/data/currency_signs.inc"
};

struct written_code {
  std::string_view word;
  std::string_view code;
};

constexpr written_code written_codes[] = {
#include "actors/normalize/data/currency_codes.inc"
};

constexpr std::string_view owned_by =
    "US USD CA CAD GB GBP AU AUD NZ NZD SG SGD HK HKD IN INR JP JPY CN CNY KR "
    "KRW TW TWD CH CHF SE SEK NO NOK DK DKK IS ISK PL PLN CZ CZK HU HUF RO RON "
    "BG EUR UA UAH RU RUB TR TRY IL ILS AE AED SA SAR QA QAR KW KWD BH BHD OM "
    "OMR EG EGP MA MAD ZA ZAR NG NGN KE KES GH GHS PK PKR BD BDT LK LKR NP NPR "
    "MY MYR TH THB VN VND PH PHP ID IDR BR BRL MX MXN AR ARS CL CLP CO COP PE "
    "PEN CR CRC UY UYU RS RSD KZ KZT GE GEL AM AMD AZ AZN MD MDL AL ALL MK MKD "
    "BA BAM LI CHF DE EUR FR EUR ES EUR IT EUR PT EUR NL EUR BE EUR AT EUR IE "
    "EUR FI EUR GR EUR LU EUR MT EUR CY EUR EE EUR LV EUR LT EUR SK EUR SI EUR "
    "HR EUR MC EUR ME EUR XK EUR CM XAF GA XAF CG XAF TD XAF SN XOF CI XOF ML "
    "XOF BF XOF BJ XOF TG XOF NE XOF BY BYN";

/// The word after `country` in a list of pairs.
std::string_view owner_in(std::string_view pairs, std::string_view country) {
  if (country.size() != 2)
    return {};
  for (std::size_t at = 0; at + 6 <= pairs.size(); at += 7)
    if (pairs.substr(at, 2) == country)
      return pairs.substr(at + 3, 3);
  return {};
}

using text::ends;
using text::starts;

/// Whether a word goes on at `at`, also with a letter like the "ế" of "đến".
bool goes_on(std::string_view text, std::size_t at) {
  return text::is_word_at(text, at) || (at < text.size() && text[at] == '\xE1');
}

bool ends(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && text.back() == tail.back()
         && text.substr(text.size() - tail.size()) == tail;
}

currency_mark mark_of(const sign& one, std::string_view country) {
  if (!one.is_shared())
    return {one.currency, false, one.text.size()};
  auto owner = owner_in(one.currency, country);
  if (owner.empty())
    owner = one.currency.substr(3, 3);
  return {owner == "..." ? std::string_view{} : owner, true, one.text.size()};
}

/// Signs by the two bytes at one of their ends, in the order of the table. Each
/// is held against the eight bytes of a text there at once.
class sign_index {
public:
  /// By the last bytes if `is_last`, else by the first.
  explicit sign_index(bool is_last) : is_last_(is_last) {
    for (const auto& one : signs) {
      auto size = std::min(one.text.size(), text::max_head_bytes);
      auto bits = 8 * (text::max_head_bytes - size);
      auto mask =
          is_last ? ~std::uint64_t{0} << bits : ~std::uint64_t{0} >> bits;
      auto bytes = bytes_of(one.text);
      (size == 1 ? single_ : rows_[row_of(bytes)])
          .push_back({&one, bytes, mask});
    }
  }

  /// The first sign at that end of `text`, which is not empty, that `matches`;
  /// one byte alone after the others.
  template <class Matches>
  std::optional<currency_mark>
  find(std::string_view text, std::string_view country, Matches matches) const {
    auto bytes = bytes_of(text);
    for (const auto* row : {&rows_[row_of(bytes)], &single_})
      for (const auto& one : *row)
        if ((bytes & one.mask) == one.bytes && stands(one.of->text, text)
            && matches(one.of->text))
          return mark_of(*one.of, country);
    return std::nullopt;
  }

private:
  struct entry {
    const sign* of;
    std::uint64_t bytes;
    std::uint64_t mask;
  };

  std::uint64_t bytes_of(std::string_view text) const {
    return is_last_ ? text::bytes_before(text, text.size())
                    : text::first_bytes(text, 0);
  }

  /// By the two of those bytes that are at the end.
  std::size_t row_of(std::uint64_t bytes) const {
    auto two = is_last_ ? bytes >> 48 : bytes & 0xFFFF;
    return (two ^ two >> 5) % rows_.size();
  }

  bool stands(std::string_view mark, std::string_view text) const {
    return mark.size() <= text::max_head_bytes
           || (is_last_ ? ends(text, mark) : starts(text, mark));
  }

  bool is_last_;
  std::array<std::vector<entry>, 256> rows_;
  std::vector<entry> single_;
};

/// An ISO code for one, or for what stands for one, as written; empty for
/// another word.
std::string_view code_of(std::string_view word) {
  if (auto known = known_currency(word); !known.empty() || word.size() != 3)
    return known;
  static const auto codes = [] {
    std::array<std::uint32_t, std::size(written_codes)> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = packed_code(written_codes[i].word);
    return all;
  }();
  auto found = std::lower_bound(codes.begin(), codes.end(), packed_code(word));
  return found == codes.end() || *found != packed_code(word)
             ? std::string_view{}
             : written_codes[found - codes.begin()].code;
}

/// Length of blanks (plain or no-break, at most two) or one of `marks`.
std::size_t gap_before(std::string_view text) {
  auto full = text.size();
  for (int i = 0; i < 2; ++i) {
    if (ends(text, " ") || ends(text, ":"))
      text.remove_suffix(1);
    else if (ends(text, "\xC2\xA0"))
      text.remove_suffix(2);
    else if (ends(text, "\xE2\x80\xAF"))
      text.remove_suffix(3);
    else
      break;
  }
  return full - text.size();
}

std::size_t gap_after(std::string_view text) {
  auto full = text.size();
  for (int i = 0; i < 2; ++i) {
    if (starts(text, " "))
      text.remove_prefix(1);
    else if (starts(text, "\xC2\xA0"))
      text.remove_prefix(2);
    else if (starts(text, "\xE2\x80\xAF"))
      text.remove_prefix(3);
    else
      break;
  }
  if (starts(text, "(") || starts(text, "/"))
    text.remove_prefix(1);
  return full - text.size();
}

/// Signs that are one capital letter count in their own country; the rand's
/// also elsewhere where it touches its number.
std::optional<currency_mark> letter_sign(char letter, std::size_t gap,
                                         std::string_view country) {
  struct own_sign {
    char letter;
    std::string_view country;
    std::string_view currency;
  };
  constexpr own_sign letters[] = {{'R', "ZA", "ZAR"}, {'N', "NG", "NGN"},
                                  {'P', "PH", "PHP"}, {'P', "BW", "BWP"},
                                  {'K', "ZM", "ZMW"}, {'Q', "GT", "GTQ"},
                                  {'L', "HN", "HNL"}};
  for (const auto& one : letters)
    if (one.letter == letter
        && (one.country == country || (letter == 'R' && gap == 0)))
      return currency_mark{one.currency, true, 1};
  return std::nullopt;
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
  auto found = signs_by_end.find(text, country, [&](std::string_view mark) {
    // A sign of letters must not be the end of a word.
    return mark != ",-"
           && (!text::is_word_at(mark, 0)
               || !text::is_word_before(text, text.size() - mark.size()));
  });
  if (!found && gap <= 1 && !text::is_word_before(text, text.size() - 1))
    found = letter_sign(text.back(), gap, country);
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
  auto found = signs_by_begin.find(text, country, [&](std::string_view mark) {
    auto is_letters = text::is_word_before(mark, mark.size());
    return !is_letters || !goes_on(text, mark.size());
  });
  if (found)
    found->size += gap;
  return found;
}

std::string_view sure_currency_in(std::string_view text) {
  constexpr std::string_view figures = "0123456789";
  constexpr std::string_view parts = "0123456789.,' ";
  auto first = text.find_first_of(figures);
  if (first == text.npos)
    return {};
  auto end = std::min(text.find_first_not_of(parts, first), text.size());
  for (const auto& mark : {currency_before(text.substr(0, first), {}),
                           currency_after(text.substr(end), {})})
    if (mark && !mark->is_inferred)
      return mark->currency;
  return {};
}

std::string_view currency_of_country(std::string_view country) {
  return owner_in(owned_by, country);
}

} // namespace jobfarm::normalize
