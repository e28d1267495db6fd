#include "actors/normalize/pay_context.hpp"

#include "actors/normalize/pay_hits.hpp"
#include "actors/normalize/sentence_end.hpp"
#include "actors/text/affix.hpp"
#include "actors/text/folded_text.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::normalize {

namespace {

constexpr std::size_t cue_reach_after = 60;
constexpr std::size_t trap_reach_after = 44;
constexpr std::size_t trap_reach_before = 160;

bool is_trap_before(pay_word kind) {
  return kind == pay_word::trap || kind == pay_word::trap_before
         || kind == pay_word::outsider;
}

/// "Minimum", "max" ...: adjectives of the pay that follows.
bool names_bound(std::string_view word) {
  return word.substr(0, 3) == "min" || word.substr(0, 3) == "max"
         || word.substr(0, 5) == "massi";
}

std::string_view stripped(std::string_view text, std::string_view marks) {
  while (!text.empty() && is_one_of(marks, text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_one_of(marks, text.back()))
    text.remove_suffix(1);
  return text;
}

} // namespace

pay_context::pay_context(const text::folded_text& text, std::size_t from,
                         std::size_t to, std::size_t begin, std::size_t end,
                         std::size_t previous, std::size_t next,
                         std::vector<pay_hit> hits,
                         const std::vector<pay_hit>& heading_hits)
    : window_(text.folded().substr(from, to - from)),
      begin_(begin),
      end_(end),
      previous_(previous),
      next_(next),
      hits_(std::move(hits)),
      heading_hits_(heading_hits) {
  sentence_begin_ = begin;
  auto go_back = [&] {
    while (sentence_begin_ > 0
           && !ends_sentence(text, from + sentence_begin_ - 1))
      --sentence_begin_;
  };
  go_back();
  // "The range is listed below. $98,400 - $123,000": a sentence that begins
  // with its amount goes on with the one before.
  if (sentence_begin_ > 0
      && stripped(between(sentence_begin_, begin), " ").empty()) {
    --sentence_begin_;
    go_back();
  }
  sentence_end_ = end;
  while (sentence_end_ < window_.size()
         && !ends_sentence(text, from + sentence_end_))
    ++sentence_end_;
}

std::string_view pay_context::between(std::size_t from, std::size_t to) const {
  return from < to ? window_.substr(from, to - from) : std::string_view{};
}

bool pay_context::touches_begin(std::size_t from) const {
  auto gap = stripped(between(from, begin_), " :(~=>");
  return from <= begin_
         && (gap.empty() || gap == "of" || gap == "\xE2\x89\xA5" || gap == "von"
             || gap == "de");
}

/// "Base $120k, OTE $240k": a word right before the next amount is of that one,
/// unless it touches this one.
bool pay_context::is_of_next(const pay_hit& hit) const {
  return next_ < window_.size() && hit.begin >= end_ && hit.end <= next_
         && !stripped(between(end_, hit.begin), " /").empty()
         && stripped(between(hit.end, next_), " :(~").empty();
}

bool pay_context::has_cue() const {
  for (const auto& one : hits_) {
    auto is_before = one.end <= begin_ && one.begin >= sentence_begin_;
    auto is_after = one.begin >= end_ && one.end <= sentence_end_
                    && one.begin - end_ <= cue_reach_after
                    && between(end_, one.begin).find(';') == window_.npos;
    auto is_inside = one.begin >= begin_ && one.end <= end_;
    if (is_pay(one.kind) && (is_before || is_after || is_inside))
      return true;
  }
  return std::any_of(heading_hits_.begin(), heading_hits_.end(),
                     [](const pay_hit& one) { return is_pay(one.kind); });
}

bool pay_context::is_labelled() const {
  constexpr std::size_t reach = 30;
  for (const auto& one : hits_)
    if (is_pay(one.kind) && one.end <= begin_ && begin_ - one.end <= reach
        && one.begin >= sentence_begin_ && one.end >= previous_)
      return true;
  auto before = between(sentence_begin_, begin_);
  return before.size() <= 3
         && std::any_of(heading_hits_.begin(), heading_hits_.end(),
                        [](const pay_hit& one) { return is_pay(one.kind); });
}

bool pay_context::counts_things() const {
  auto word = end_ + 1;
  auto is_word = word < window_.size() && window_[end_] == ' '
                 && window_[word] >= 'a' && window_[word] <= 'z';
  return is_word && std::none_of(hits_.begin(), hits_.end(), [&](auto& one) {
           return one.begin == word;
         });
}

bool pay_context::is_named_behind() const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    auto word = window_.substr(one.begin, one.end - one.begin);
    auto names_pay = word == "salary" || word == "base" || word == "base pay"
                     || word == "wage" || word == "gehalt" || word == "salaire";
    return names_pay && one.begin > end_
           && stripped(between(end_, one.begin), " ").empty();
  });
}

bool pay_context::trap_before_decides() const {
  if (is_named_behind())
    return false;
  auto from =
      std::max({previous_, sentence_begin_,
                begin_ > trap_reach_before ? begin_ - trap_reach_before : 0});
  const pay_hit* nearest = nullptr;
  const pay_hit* first = nullptr;
  const pay_hit* aside = nullptr;
  for (const auto& one : hits_) {
    // "Budget: 35 LPA" says itself that it is pay.
    if (is_pay(one.kind) && one.begin >= begin_ && one.end <= end_)
      return false;
    if (one.begin < from || one.end > begin_)
      continue;
    if (one.kind == pay_word::aside)
      aside = &one;
    if (!is_pay(one.kind) && !is_trap_before(one.kind))
      continue;
    nearest = nearer(nearest, one);
    auto is_aside = aside != nullptr && one.begin >= aside->end
                    && one.begin - aside->end < 30;
    if (first == nullptr && !is_aside)
      first = &one;
  }
  if (nearest == nullptr) {
    if (!stripped(between(sentence_begin_, begin_), " -*(~:").empty())
      return false;
    for (const auto& one : heading_hits_)
      if (is_pay(one.kind) || is_trap_before(one.kind))
        nearest = nearer(nearest, one);
    return nearest != nullptr && is_trap_before(nearest->kind)
           && std::none_of(heading_hits_.begin(), heading_hits_.end(),
                           [](const pay_hit& one) { return is_pay(one.kind); });
  }
  if (!is_trap_before(nearest->kind))
    return false;
  auto has = [&](pay_word kind, std::size_t low, std::size_t high) {
    return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
      return one.kind == kind && one.begin >= low && one.end <= high;
    });
  };
  auto subject_is_pay = first != nullptr && is_pay(first->kind);
  auto is_bound =
      has(pay_word::link, nearest->end, begin_) && begin_ - nearest->end < 14;
  // "salary, including bonus: $..." and "salary plus equity is $...".
  auto added =
      has(pay_word::cut, nearest->begin > 14 ? nearest->begin - 14 : 0,
          nearest->begin)
      || between(nearest->begin > 3 ? nearest->begin - 3 : 0, nearest->begin)
                 .find_first_of("&+/")
             != std::string_view::npos;
  if (subject_is_pay && !is_bound
      && (added || has(pay_word::copula, nearest->end, begin_)))
    return false;
  return true;
}

std::size_t pay_context::clause_end() const {
  auto stop = std::min({sentence_end_, next_, window_.size()});
  for (const auto& one : hits_)
    if (one.kind == pay_word::cut && one.begin >= end_ && one.begin < stop)
      stop = one.begin;
  auto is_mark = [&](std::size_t at) {
    auto rest = window_.substr(at);
    return rest[0] == ';' || rest[0] == '|'
           || text::starts(rest, "\xE2\x80\xA2")
           || text::starts(rest, "\xC2\xB7");
  };
  if (end_ < stop && is_mark(end_))
    return end_;
  for (auto at = end_ + 1; at < stop; ++at)
    if (window_[at] == '+' || is_mark(at))
      stop = at;
  return std::max(end_, stop);
}

/// "1,300円〜", and nothing behind the wave.
bool pay_context::is_open_behind() const {
  auto rest = window_.substr(end_);
  return text::starts(rest, "\xE3\x80\x9C")
         || text::starts(rest, "\xEF\xBD\x9E") || text::starts(rest, "~");
}

bool pay_context::trap_after_decides() const {
  auto stop = std::min(clause_end(), end_ + trap_reach_after);
  for (auto at = end_ + 1; at < stop; ++at)
    if (is_one_of(",(:", window_[at]))
      stop = at;
  if (end_ < window_.size() && is_one_of(",(:;", window_[end_]))
    return false;
  if (is_open_behind())
    return false;
  if (end_ + 1 < window_.size() && window_[end_] == '+'
      && window_[end_ + 1] == ' ')
    return false;
  for (auto at = end_; at < stop; ++at)
    if (auto rest = window_.substr(at);
        text::starts(rest, " - ") || text::starts(rest, " \xE2\x80\x93 "))
      stop = at;
  for (const auto& one : hits_) {
    if (one.begin < end_ || one.begin >= stop)
      continue;
    if (is_pay(one.kind))
      return false;
    if (one.kind == pay_word::trap || one.kind == pay_word::trap_after) {
      auto rest = window_.substr(one.end, 9);
      return !text::starts(rest, " eligibl") && !text::starts(rest, "-eligib");
    }
  }
  return false;
}

bool pay_context::is_trap() const {
  return trap_after_decides() || trap_before_decides();
}

bool pay_context::is_net() const {
  constexpr std::size_t reach = 40;
  auto is_net = false;
  for (const auto& one : hits_) {
    auto is_near = (one.end <= begin_ && begin_ - one.end <= reach
                    && one.begin >= sentence_begin_)
                   || (one.begin >= end_ && one.begin - end_ <= reach
                       && one.end <= sentence_end_ && one.begin < next_);
    if (is_near && one.kind == pay_word::gross)
      return false;
    is_net = is_net || (is_near && one.kind == pay_word::net);
  }
  return is_net;
}

bool pay_context::is_gross() const {
  constexpr std::size_t reach = 3;
  return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return one.kind == pay_word::gross && one.begin >= end_
           && one.begin - end_ <= reach;
  });
}

bool pay_context::is_by_piece() const {
  constexpr std::size_t reach = 3;
  return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return one.kind == pay_word::piece && one.begin >= end_
           && one.begin - end_ <= reach;
  });
}

bool pay_context::is_total() const {
  if (is_named_behind())
    return false;
  const pay_hit* nearest = nullptr;
  for (const auto& one : hits_)
    if (is_pay(one.kind) && one.end <= begin_ && one.begin >= sentence_begin_
        && one.end >= previous_)
      nearest = nearer(nearest, one);
  auto stop = std::min(clause_end(), end_ + trap_reach_after);
  for (const auto& one : hits_)
    if (one.kind == pay_word::total && one.begin >= end_ && one.begin < stop
        && !is_of_next(one))
      return true;
  return nearest != nullptr && nearest->kind == pay_word::total;
}

/// Whether only words of pay stand between a word that ends at `from` and the
/// amount: "minimum salary is", "maximum base pay:".
bool pay_context::leads_to_begin(std::size_t from) const {
  for (const auto& one : hits_) {
    auto is_filling = is_pay(one.kind) || one.kind == pay_word::copula
                      || one.kind == pay_word::gross
                      || one.kind == pay_word::link || is_period(one.kind);
    if (is_filling && one.begin >= from && one.end <= begin_
        && stripped(between(from, one.begin), " :").empty())
      from = one.end;
  }
  return touches_begin(from);
}

/// "Mindestgehalt": whatever stands between, the amount of its sentence is the
/// least.
bool pay_context::is_least_pay(const pay_hit& one) const {
  auto word = window_.substr(one.begin, one.end - one.begin);
  return word.substr(0, 7) == "mindest" && word != "mindestens"
         && one.begin >= sentence_begin_ && one.end >= previous_
         && one.end <= begin_;
}

/// The longest of "from", "up to" ... that stands right before the amount:
/// "no less than" holds "less than".
const pay_hit* pay_context::bound_before() const {
  const pay_hit* best = nullptr;
  for (const auto& one : hits_)
    if ((one.kind == pay_word::floor || one.kind == pay_word::ceiling)
        && (touches_begin(one.end) || is_least_pay(one)
            || (names_bound(window_.substr(one.begin, one.end - one.begin))
                && leads_to_begin(one.end))))
      best = nearer(best, one);
  return best;
}

bool pay_context::is_floor() const {
  constexpr std::size_t reach = 3;
  if (const auto* bound = bound_before())
    return bound->kind == pay_word::floor;
  for (const auto& one : hits_)
    if (one.kind == pay_word::floor_after && one.begin >= end_
        && one.begin - end_ <= reach)
      return true;
  if (begin_ > 0 && is_one_of(">", window_[begin_ - 1]))
    return true;
  if (is_open_behind())
    return true;
  auto rest = window_.substr(end_);
  // "$120k+" is open, "$120k+ bonus" is not.
  if (rest.empty() || rest[0] != '+')
    return false;
  auto word_at = end_ + 1;
  while (word_at < window_.size() && window_[word_at] == ' ')
    ++word_at;
  for (std::string_view word :
       {"bonus", "equity", "stock", "benefit", "commission", "vat", "tips",
        "super", "ote", "rsu", "perks", "profit", "options", "stock",
        "uncapped", "great", "health", "excellent", "generous"})
    if (window_.substr(word_at, word.size()) == word)
      return false;
  return std::none_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return one.kind == pay_word::trap && one.begin == word_at;
  });
}

bool pay_context::is_ceiling() const {
  constexpr std::size_t reach = 3;
  if (const auto* bound = bound_before())
    return bound->kind == pay_word::ceiling;
  for (const auto& one : hits_)
    if (one.kind == pay_word::ceiling_after && one.begin >= end_
        && one.begin - end_ <= reach)
      return true;
  // "to £55k" as all that stands before.
  return (begin_ > 0 && is_one_of("<", window_[begin_ - 1]))
         || stripped(between(sentence_begin_, begin_), " ") == "to";
}

std::string pay_context::label() const {
  constexpr std::size_t longest = 80;
  auto after = stripped(
      between(end_, std::min({sentence_end_, next_, end_ + longest})), " ");
  for (const auto& one : hits_)
    if (is_period(one.kind) && one.begin >= end_ && one.begin - end_ <= 2)
      after = stripped(
          between(one.end, std::min({sentence_end_, next_, one.end + longest})),
          " ");
  for (std::string_view word : {"in ", "for ", "(", "- ", "\xE2\x80\x93 "})
    if (after.substr(0, word.size()) == word) {
      auto text = after.substr(word.size());
      return std::string{
          stripped(text.substr(0, text.find_first_of(",;)")), " -:")};
    }
  auto from = std::max(
      {previous_, sentence_begin_, begin_ > longest ? begin_ - longest : 0});
  auto before = between(from, begin_);
  // What follows the amount before up to a comma belongs to that one.
  if (previous_ > 0 && from == previous_) {
    auto mark = before.find_first_of(",;");
    before = mark == before.npos ? before : before.substr(mark + 1);
  }
  return std::string{stripped(before, " -:*(,;")};
}

} // namespace jobfarm::normalize
