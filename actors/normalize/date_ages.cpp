#include "actors/normalize/date_ages.hpp"

#include "actors/normalize/date_words.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace jobfarm::normalize {

namespace {

using date_words::number_row;
using date_words::unit_row;

std::vector<std::string> folded_words(std::string_view list) {
  std::vector<std::string> all;
  text::for_each_phrase(list, [&](std::string_view word) {
    all.push_back(text::fold_ascii(word));
  });
  return all;
}

bool has_word(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Folded words with what they mean.
template <class Value>
using word_values = std::vector<std::pair<std::string, Value>>;

template <std::size_t N>
word_values<posting_age> words_of(const unit_row (&rows)[N]) {
  word_values<posting_age> all;
  for (const auto& row : rows)
    for (auto& word : folded_words(row.stems))
      all.push_back({std::move(word), {row.seconds, row.months, false}});
  return all;
}

template <std::size_t N>
word_values<int> words_of(const number_row (&rows)[N]) {
  word_values<int> all;
  for (const auto& row : rows)
    for (auto& word : folded_words(row.words))
      all.emplace_back(std::move(word), row.value);
  return all;
}

template <class Value>
const Value* find_word(const word_values<Value>& list, std::string_view word) {
  for (const auto& [known, value] : list)
    if (known == word)
      return &value;
  return nullptr;
}

/// The unit that a word begins with; null for none.
const posting_age* unit_of(std::string_view word) {
  static const auto stems = words_of(date_words::units);
  const std::pair<std::string, posting_age>* best = nullptr;
  for (const auto& one : stems) {
    const auto& stem = one.first;
    // Short stems are whole words: "an" is no begin of "angebot".
    auto is_short =
        stem.size() <= 3 && static_cast<unsigned char>(stem[0]) < 0x80;
    auto rest = word.size() - std::min(word.size(), stem.size());
    if (word.substr(0, stem.size()) == stem && (!is_short || rest <= 2)
        && (best == nullptr || stem.size() > best->first.size()))
      best = &one;
  }
  return best == nullptr ? nullptr : &best->second;
}

std::int64_t count_of(const date_token& token) {
  static const auto known = words_of(date_words::numbers);
  if (token.number >= 0)
    return token.number;
  const auto* number = find_word(known, token.word);
  return number == nullptr ? -1 : *number;
}

/// The count whose last word is at `i`: "30", "five", "twenty two"; negative
/// for none.
std::int64_t count_at(const std::vector<date_token>& tokens, std::size_t i) {
  constexpr std::int64_t ten = 10;
  auto count = count_of(tokens[i]);
  auto is_digit = tokens[i].number < 0 && count > 0 && count < ten;
  if (!is_digit || i == 0 || tokens[i - 1].number >= 0)
    return count;
  auto tens = count_of(tokens[i - 1]);
  return tens > ten && tens % ten == 0 ? tens + count : count;
}

bool is_at_least(std::string_view folded) {
  auto padded = std::string{folded} + ' ';
  auto found = padded.find_first_of("+>") != padded.npos;
  static const auto words = folded_words(date_words::lower_bounds);
  for (const auto& word : words) {
    auto at = padded.find(word);
    found = found || (at != padded.npos && !text::is_word_before(padded, at));
  }
  return found;
}

bool is_at_most(std::string_view folded) {
  static const text::phrase_table<int> table(
      {text::phrase_group<int>{0, date_words::upper_bounds}});
  auto found = false;
  table.scanner().scan(folded, [&](const text::phrase_hit&) { found = true; });
  return found;
}

std::optional<posting_age> age_without_number(std::string_view folded) {
  static const text::phrase_table<int> table({
      {date_words::day_words[0].value, date_words::day_words[0].words},
      {date_words::day_words[1].value, date_words::day_words[1].words},
      {date_words::day_words[2].value, date_words::day_words[2].words},
  });
  static const auto labels = folded_words(date_words::new_labels);
  std::size_t longest = 0;
  std::optional<posting_age> age;
  table.scanner().scan(folded, [&](const text::phrase_hit& one) {
    if (one.end - one.begin > longest) {
      longest = one.end - one.begin;
      age = posting_age{table.kind(one) * date_words::day_s, 0, false};
    }
  });
  if (!age && has_word(labels, folded))
    age = posting_age{};
  return age;
}

bool is_to_come(const std::vector<date_token>& tokens) {
  static const auto begins_ahead = folded_words(date_words::future_begins);
  static const auto ahead = folded_words(date_words::futures);
  static const auto behind = folded_words(date_words::ago_behind);
  auto has_any = [&](const std::vector<std::string>& words) {
    return std::any_of(tokens.begin(), tokens.end(), [&](const auto& one) {
      return has_word(words, one.word);
    });
  };
  if (has_any(ahead))
    return true;
  return !tokens.empty() && has_word(begins_ahead, tokens[0].word)
         && !has_any(behind);
}

/// The unit at token `i` with the number before it: "3 days", "a week", "2w",
/// "tydzien temu". Null unit for none.
std::pair<const posting_age*, std::int64_t>
counted_unit(const std::vector<date_token>& tokens, std::size_t i) {
  static const auto letters = words_of(date_words::letters);
  static const auto one_behind = folded_words(date_words::one_behind);
  static const auto one_ahead = folded_words(date_words::one_ahead);
  static const auto vague = folded_words(date_words::vague);
  static const auto counted = words_of(date_words::counted_words);
  const auto& word = tokens[i].word;
  if (const auto* age = find_word(counted, word))
    return {age, 1};
  const auto* unit = tokens[i].number < 0 ? unit_of(word) : nullptr;
  auto count = i > 0 ? count_at(tokens, i - 1) : -1;
  if (i > 0 && tokens[i - 1].number >= 0)
    if (const auto* letter = find_word(letters, word))
      unit = letter;
  auto is_before =
      i + 1 < tokens.size() && has_word(one_behind, tokens[i + 1].word);
  auto is_behind = i > 0 && has_word(one_ahead, tokens[i - 1].word);
  auto is_vague = i > 0 && has_word(vague, tokens[i - 1].word);
  if (count < 0 && (is_before || is_behind) && !is_vague)
    count = 1;
  // "A few seconds ago" is now; a few days could be any.
  constexpr std::int64_t minute = 60;
  if (count < 0 && is_vague && unit != nullptr && unit->months == 0
      && unit->seconds <= minute)
    count = 0;
  return {count < 0 ? nullptr : unit, count};
}

/// Whether the unit at `i` is halved: "half a year ago", "vor einem halben
/// Jahr".
bool is_half(const std::vector<date_token>& tokens, std::size_t i) {
  static const auto halves = folded_words(date_words::halves);
  auto is_here = [&](std::size_t back) {
    return i >= back && has_word(halves, tokens[i - back].word);
  };
  return is_here(1) || is_here(2);
}

posting_age half_of(const posting_age& whole) {
  constexpr std::int64_t half_month_days = 15;
  return {whole.months == 1 ? half_month_days * date_words::day_s
                            : whole.seconds / 2,
          whole.months / 2, whole.at_least};
}

/// The age of a smaller unit right behind the one at `i`: "1 week 2 days".
posting_age rest_of(const std::vector<date_token>& tokens, std::size_t i,
                    const posting_age& whole) {
  constexpr std::int64_t most = 60;
  static const auto joiners = folded_words(date_words::joiners);
  if (i + 1 < tokens.size() && has_word(joiners, tokens[i + 1].word))
    ++i;
  if (i + 2 >= tokens.size() || tokens[i + 1].number < 0)
    return {};
  auto [unit, count] = counted_unit(tokens, i + 2);
  if (unit == nullptr || count > most)
    return {};
  auto is_smaller = unit->months > 0
                        ? unit->months < whole.months
                        : whole.months > 0 || unit->seconds < whole.seconds;
  return is_smaller ? posting_age{count * unit->seconds,
                                  static_cast<int>(count) * unit->months, false}
                    : posting_age{};
}

} // namespace

std::optional<posting_age> age_in(std::string_view folded,
                                  const std::vector<date_token>& tokens) {
  /// Nothing on a job site is older.
  constexpr std::int64_t oldest_years = 30;
  constexpr std::int64_t most_units = 10'000;
  if (is_to_come(tokens))
    return std::nullopt;
  auto at_most = is_at_most(folded);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto [unit, count] = counted_unit(tokens, i);
    if (unit == nullptr || count >= most_units)
      continue;
    auto is_possible =
        count * unit->months <= oldest_years * 12
        && count * unit->seconds <= oldest_years * 365 * date_words::day_s;
    // "Within the last 3 days" names no day, "less than an hour ago" does.
    auto is_wide =
        unit->months > 0 || count * unit->seconds >= date_words::day_s;
    if (at_most && is_wide)
      break;
    if (!is_possible)
      continue;
    auto rest = rest_of(tokens, i, *unit);
    posting_age age{count * unit->seconds + rest.seconds,
                    static_cast<int>(count) * unit->months + rest.months,
                    is_at_least(folded)};
    return is_half(tokens, i) ? half_of(age) : age;
  }
  return age_without_number(folded);
}

} // namespace jobfarm::normalize
