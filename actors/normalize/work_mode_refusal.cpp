#include "actors/normalize/word_list.hpp"
#include "actors/normalize/work_mode_context.hpp"
#include "actors/normalize/work_mode_place.hpp"

#include "actors/text/phrase_table.hpp"

#include <algorithm>
#include <iterator>

namespace jobfarm::normalize {

namespace {

/// What may stand between a word for remote and its refusal.
constexpr std::string_view refusal_fillers =
    "for this role|for this position|for this job|in this role|options|"
    "option|arrangements|schedules|working|work|applications|applicants|"
    "candidates|currently|unfortunately|leider|helaas|tyvarr|purtroppo|"
    "derzeit|is|are|ist|sind|est|es|e|ar|er|jest|wordt|sono|は|も";

/// Drops fillers and the blanks before them.
std::string_view without_refusal_fillers(std::string_view text) {
  for (auto is_open = true; is_open;) {
    is_open = false;
    auto word = text.substr(std::min(text.find_first_not_of(' '), text.size()));
    text::for_each_phrase(refusal_fillers, [&](std::string_view filler) {
      if (is_open || !starts(word, filler))
        return;
      auto rest = word.substr(filler.size());
      is_open = filler[0] < 'a' || rest.empty() || rest[0] == ' ';
      if (is_open)
        text = rest;
    });
  }
  return text;
}

/// Right before a word for remote: there is none of it.
constexpr std::string_view nones[] = {
    "no",   "not",   "non",   "kein", "keine", "keinen", "aucun", "sans",
    "geen", "ingen", "inget", "bez",  "senza", "brak",   "ohne",  "nessun"};

bool ends_with_none(std::string_view before) {
  auto last = last_word(before);
  if (last == "a" || last == "an" || last == "any" || last == "fully")
    last = last_word(before);
  return std::find(std::begin(nones), std::end(nones), last) != std::end(nones);
}

} // namespace

bool is_filler(std::string_view gap) {
  return without_refusal_fillers(gap).find_first_not_of(' ') == gap.npos;
}

bool is_refused_behind(std::string_view text, std::size_t end) {
  constexpr std::size_t reach = 60;
  constexpr std::string_view initials = "inafocwsl"; // is, not, are, for ...
  auto rest = text.substr(end, reach);
  if (rest.size() < 2 || rest[0] != ' '
      || initials.find(rest[1]) == initials.npos)
    return false;
  rest = without_refusal_fillers(rest);
  auto word = next_word(rest);
  if (word == "will" || word == "can" || word == "does" || word == "do")
    word = next_word(rest);
  if (word != "not" && word != "cannot" && !ends_with(word, "n't")
      && !ends_with(word, "n\xE2\x80\x99t"))
    return false;
  word = next_word(rest);
  if (word == "be" || word == "an")
    word = next_word(rest);
  return is_one_of(word.substr(0, word.find_first_of(".,;!\n")),
                   "possible|permitted|allowed|available|offered|option|"
                   "supported|feasible|accepted|considered");
}

bool is_refused(std::string_view before, bool is_negated, std::string_view text,
                std::size_t end) {
  if (answer_behind(text, end) == answer::no || ends_with_none(before))
    return true;
  if (!is_negated)
    return false;
  static constexpr listed_word grants[] = {
      "offer",       "allow",          "permit", "support",
      "accommodate", "eligible",       "done",   "performed",
      "carried out", "option",         "possib", "suit",
      "opportunit",  "considered for", " have ", "consider "};
  return has_one(before, grants);
}

} // namespace jobfarm::normalize
