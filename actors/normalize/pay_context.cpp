#include "actors/normalize/pay_context.hpp"

#include "actors/normalize/pay_hits.hpp"
#include "actors/normalize/sentence_end.hpp"
#include "actors/text/affix.hpp"
#include "actors/text/folded_text.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

constexpr std::size_t cue_reach_after = 60;

/// True if a comma parts clauses, not digits, in one of the scripts.
bool has_comma(std::string_view text) {
  // "3.400,-" has another meaning.
  for (auto at = text.find(','); at != text.npos; at = text.find(',', at + 1))
    if (at + 1 == text.size() || !is_one_of("0123456789-\xE2", text[at + 1]))
      return true;
  return text.find("\xE3\x80\x81") != text.npos
         || text.find("\xEF\xBC\x8C") != text.npos;
}

} // namespace

pay_context::pay_context(const text::folded_text& text, std::size_t from,
                         std::size_t to, std::size_t begin, std::size_t end,
                         std::size_t previous, std::size_t next,
                         pay_line_words& words, pay_line_words& heading)
    : window_(text.folded().substr(from, to - from)),
      begin_(begin),
      end_(end),
      previous_(previous),
      next_(next),
      heading_(heading),
      hits_(words.near()) {
  sentence_begin_ = begin;
  auto ends = [&](std::size_t at) { return ends_sentence(text, from + at); };
  auto go_back = [&] {
    auto mark = last_sentence_mark(window_, sentence_begin_);
    while (mark < window_.size() && !ends(mark))
      mark = last_sentence_mark(window_, mark);
    sentence_begin_ = mark < window_.size() ? mark + 1 : 0;
  };
  go_back();
  own_begin_ = sentence_begin_;
  // "The range is listed below. $98,400 - $123,000": a sentence that begins
  // with its amount goes on with the one before.
  if (sentence_begin_ > 0
      && stripped(between(sentence_begin_, begin), " ").empty()) {
    --sentence_begin_;
    go_back();
  }
  sentence_end_ = next_sentence_mark(window_, end);
  while (sentence_end_ < window_.size() && !ends(sentence_end_))
    sentence_end_ = next_sentence_mark(window_, sentence_end_ + 1);
  find_words(words, from);
  clause_end_ = find_clause_end();
  is_named_behind_ = has_name_behind();
}

/// Words of other sentences say nothing of the amount, but some that stand
/// right beside them.
void pay_context::find_words(pay_line_words& words, std::size_t from) {
  constexpr std::size_t reach_before = 16;
  constexpr std::size_t reach_after = longest_pay_word - 1;
  auto first = sentence_begin_ - std::min(sentence_begin_, reach_before);
  auto last = std::min(sentence_end_ + reach_after, window_.size());
  words.find_near(from + first, from + last, from);
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

/// "..., is £30,000", "...: £30,000": what stands before goes on here.
bool pay_context::is_bound_to_sentence() const {
  if (stripped(between(sentence_begin_, begin_), " (").empty())
    return false;
  auto last = window_.find_last_not_of(" (~", begin_ - 1);
  if (last != window_.npos && is_one_of(":-=", window_[last]))
    return true;
  return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return (one.kind == pay_word::copula || one.kind == pay_word::floor)
           && touches_begin(one.end);
  });
}

void pay_context::take_stipends(bool are_pay) {
  for (auto& one : hits_)
    if (one.kind == pay_word::stipend)
      one.kind = are_pay ? pay_word::cue : pay_word::trap;
}

bool pay_context::heading_says(bool (*is_wanted)(pay_word)) const {
  const auto& hits = heading_.all();
  return std::any_of(hits.begin(), hits.end(),
                     [&](const pay_hit& one) { return is_wanted(one.kind); });
}

bool pay_context::is_promised() const {
  auto is_promise = [](pay_word kind) { return kind == pay_word::promise; };
  return std::any_of(hits_.begin(), hits_.end(),
                     [&](const pay_hit& one) {
                       return is_promise(one.kind) && one.end <= begin_
                              && one.begin >= sentence_begin_;
                     })
         || heading_says(is_promise);
}

bool pay_context::has_cue(bool is_range) const {
  auto are_parted = [&](std::size_t from, std::size_t to) {
    return !is_range && has_comma(between(from, to));
  };
  if (is_named_behind_)
    return true;
  for (const auto& one : hits_) {
    auto is_before =
        one.end <= begin_ && one.begin >= sentence_begin_
        && between(one.end, begin_).find(';') == window_.npos
        && (!are_parted(one.end, begin_) || is_bound_to_sentence());
    auto is_after = one.begin >= end_ && one.end <= sentence_end_
                    && one.begin - end_ <= cue_reach_after
                    && between(end_, one.begin).find(';') == window_.npos
                    && !are_parted(end_, one.begin);
    // "$4,000 in paid adoption leave" is nothing that is paid.
    if (is_after && one.begin > end_ + 1
        && window_.substr(one.begin, one.end - one.begin) == "paid")
      continue;
    auto is_inside = one.begin >= begin_ && one.end <= end_;
    if (is_pay(one.kind) && (is_before || is_after || is_inside))
      return true;
  }
  return heading_says(is_pay);
}

bool pay_context::is_labelled() const {
  constexpr std::size_t reach = 30;
  for (const auto& one : hits_)
    if (is_pay(one.kind) && one.end <= begin_ && begin_ - one.end <= reach
        && one.begin >= sentence_begin_ && one.end >= previous_)
      return true;
  auto before = between(sentence_begin_, begin_);
  return before.size() <= 3 && heading_says(is_pay);
}

bool pay_context::counts_things() const {
  auto word = end_ + 1;
  auto is_word = word < window_.size() && window_[end_] == ' '
                 && window_[word] >= 'a' && window_[word] <= 'z';
  return is_word && std::none_of(hits_.begin(), hits_.end(), [&](auto& one) {
           return one.begin == word;
         });
}

bool pay_context::has_name_behind() const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    constexpr std::size_t widest_gap = 2;
    if (one.begin <= end_ || one.begin > end_ + widest_gap
        || !stripped(between(end_, one.begin), " ").empty())
      return false;
    auto word = window_.substr(one.begin, one.end - one.begin);
    return one.kind == pay_word::named_behind || word == "salary"
           || word == "base" || word == "base pay" || word == "wage"
           || word == "gehalt" || word == "salaire" || word == "fixe";
  });
}

std::size_t pay_context::find_clause_end() const {
  auto stop = std::min({sentence_end_, next_, window_.size()});
  for (const auto& one : hits_)
    if (one.kind == pay_word::cut && one.begin >= end_ && one.begin < stop)
      stop = one.begin;
  auto is_mark = [&](std::size_t at) {
    switch (window_[at]) {
      case ';':
      case '|': return true;
      case '\xE2': return text::starts(window_.substr(at), "\xE2\x80\xA2");
      case '\xC2': return text::starts(window_.substr(at), "\xC2\xB7");
      default: return false;
    }
  };
  if (end_ < stop && is_mark(end_))
    return end_;
  for (auto at = end_ + 1; at < stop; ++at)
    if (window_[at] == '+' || is_mark(at))
      stop = at;
  return std::max(end_, stop);
}

bool pay_context::is_net() const {
  constexpr std::size_t reach = 40;
  auto is_net = false;
  for (const auto& one : hits_) {
    auto is_near =
        (one.end <= begin_ && begin_ - one.end <= reach
         && one.begin >= sentence_begin_)
        || (one.begin >= end_ && one.begin - end_ <= reach
            && one.end <= sentence_end_ && one.begin < next_ && !is_of_next(one)
            && between(end_, one.begin).find(';') == window_.npos);
    if (is_near && one.kind == pay_word::gross)
      return false;
    is_net = is_net || (is_near && one.kind == pay_word::net);
  }
  return is_net;
}

bool pay_context::stands_alone() const {
  const auto* bound = bound_before();
  auto before = stripped(
      between(sentence_begin_, bound == nullptr ? begin_ : bound->begin),
      " *(~");
  if (before.empty())
    return true;
  auto is_dash = !text::is_word_before(before, before.size());
  return is_dash && before.back() != ')';
}

bool pay_context::adds_more() const {
  auto rest = window_.substr(end_);
  while (!rest.empty() && rest.front() == ' ')
    rest.remove_prefix(1);
  return text::starts(rest, "+") || text::starts(rest, "plus ");
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
  if (is_named_behind_)
    return false;
  const pay_hit* nearest = nullptr;
  for (const auto& one : hits_)
    if (is_pay(one.kind) && one.end <= begin_ && one.begin >= sentence_begin_
        && one.end >= previous_)
      nearest = nearer(nearest, one);
  auto stop = std::min(clause_end_, end_ + trap_reach_after);
  for (const auto& one : hits_)
    if (one.kind == pay_word::total && one.begin >= end_ && one.begin < stop
        && !is_of_next(one))
      return true;
  if (nearest == nullptr)
    return false;
  // "Total cash" of "total cash comp range".
  return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return one.kind == pay_word::total && one.end <= nearest->end
           && one.end + 1 >= nearest->begin && one.begin >= sentence_begin_;
  });
}

std::string_view pay_context::label() const {
  constexpr std::size_t longest = 80;
  auto after = stripped(
      between(end_, std::min({sentence_end_, next_, end_ + longest})), " ");
  for (const auto& one : hits_)
    if (is_period(one.kind) && one.begin >= end_ && one.begin - end_ <= 2)
      after = stripped(
          between(one.end, std::min({sentence_end_, next_, one.end + longest})),
          " ");
  for (std::string_view word : {"in ", "for ", "(", "- ", "\xE2\x80\x93 "})
    if (text::starts(after, word)) {
      auto text = after.substr(word.size());
      return stripped(text.substr(0, text.find_first_of(",;)")), " -:");
    }
  auto from = std::max(
      {previous_, sentence_begin_, begin_ > longest ? begin_ - longest : 0});
  auto before = between(from, begin_);
  // What follows the amount before up to a comma belongs to that one.
  if (previous_ > 0 && from == previous_) {
    auto mark = before.find_first_of(",;");
    before = mark == before.npos ? before : before.substr(mark + 1);
  }
  return stripped(before, " -:*(,;");
}

} // namespace jobfarm::normalize
