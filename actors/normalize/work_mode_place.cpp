#include "actors/normalize/work_mode_place.hpp"

#include "actors/normalize/word_list.hpp"
#include "actors/normalize/work_mode_context.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/phrase_table.hpp"

#include <algorithm>
#include <string>

namespace jobfarm::normalize {

namespace {

constexpr std::string_view leading = "in|at|from|to|into|within|out";

using text::is_digit;

/// What stands before `at` in its sentence, of `reach` at most.
std::string_view sentence_before(std::string_view text, std::size_t at,
                                 std::size_t reach) {
  auto from = at > reach ? at - reach : 0;
  return behind_last(text.substr(from, at - from), [](char mark) {
    return is_sentence_mark(mark) || mark == ';' || mark == ':';
  });
}

/// Takes "in our Berlin" off the end; false if no such words stand there.
bool drop_lead(std::string_view& before) {
  constexpr int most_words = 5;
  auto rest = before;
  for (int count = 0; count < most_words; ++count) {
    auto word = last_word(rest);
    if (word.empty() || word.back() == ',')
      return false;
    if (is_one_of(word, leading)) {
      before = rest;
      return true;
    }
  }
  return false;
}

/// Takes words off the end that say how one works: "full-time", "together".
void drop_manner(std::string_view& before) {
  for (auto rest = before;;) {
    auto word = last_word(rest);
    if (!is_one_of(word,
                   "full|time|full-time|fulltime|daily|together|primarily|"
                   "permanently|exclusively|physically|onsite|on-site|"
                   "directly|us|in-person|person|collaboratively|site|"
                   "mainly|100%"))
      return;
    before = rest;
  }
}

/// Whether the words say that the one who is sought is somewhere: "you will
/// work", "the role is based", but not "colleagues based".
bool says_one_is(std::string_view before) {
  drop_manner(before);
  auto verb = last_word(before);
  auto subject = last_word(before);
  if (is_one_of(verb, "based|located|situated"))
    return is_one_of(subject, "|is|be|are|role|position|job|primarily|vacancy|"
                              "fully|permanently|mainly|you're");
  if (is_one_of(verb, "work|working|works|sit|come|coming|attendance|"
                      "presence|present"))
    return !is_one_of(subject, "who|that|colleagues|experience|teams|customers|"
                               "clients|people|life|culture|the|free|of|may|"
                               "can");
  return is_one_of(verb, "be|out|performed") && !subject.empty()
         && !is_one_of(subject, "not|find|will|to");
}

/// Words of a sentence that make a place one of several, or a seldom one.
bool names_choice(std::string_view sentence) {
  auto words = ' ' + spaced(sentence) + ' ';
  std::replace(words.begin(), words.end(), ',', ' ');
  static constexpr listed_word choices[] = {
      " or ",      " may ",      " can ",          " welcome ",   " choose ",
      " if ",      " option",    " sometimes ",    " occasional", " quarter",
      " annual",   " month",     " year ",         " as needed ", " when ",
      " not ",     " no ",       "n't ",           " never ",     " visit",
      " travel",   " interview", " onboarding ",   " week ",      " weekly ",
      " days ",    " day ",      " time to time ", " retreat",    " flexib",
      " without ", " anywhere ", " remote",        " home ",      " hybrid "};
  return has_one(words, choices);
}

} // namespace

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  auto word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

std::string_view last_word(std::string_view& text) {
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  auto word = text.substr(text.find_last_of(' ') + 1);
  text.remove_suffix(word.size());
  return word;
}

bool is_one_of(std::string_view word, std::string_view list) {
  auto is_found = false;
  text::for_each_phrase(
      list, [&](std::string_view one) { is_found = is_found || one == word; });
  return is_found;
}

bool leads_to_place(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 40;
  auto before = sentence_before(text, at, reach);
  return drop_lead(before);
}

bool ends_a_phrase(std::string_view after) {
  constexpr std::size_t reach = 16;
  after = after.substr(0, reach);
  if (after.empty() || after[0] != ' ')
    return after.empty() || after[0] != '-';
  auto word = next_word(after);
  if (word.empty() || is_digit(word[0]) || word[0] == '(')
    return true;
  auto letters = static_cast<std::size_t>(
      std::find_if_not(word.begin(), word.end(),
                       [](char c) { return c >= 'a' && c <= 'z'; })
      - word.begin());
  if (word.substr(0, 4) == "full")
    return true;
  return is_one_of(
      word.substr(0, letters),
      "|in|on|at|with|as|and|or|for|full|full-time|five|three|two|four|one|"
      "every|each|daily|located|near|to|from|by|during|while|under|because|"
      "since|where|monday|mondays|tuesday|tuesdays|wednesday|thursday|friday|"
      "all|is|are|will|twice|once|most|at|a|the|per|throughout|without|"
      "alongside|together|so|but|which|only|basis|environment|depending|&|-|"
      "days|day|attendance|presence|time|expectation|expectations|based|"
      "work|working|schedule|unless|if|when|before|after|that|every");
}

bool is_where_one_works(std::string_view text, std::size_t begin,
                        std::size_t end) {
  constexpr std::size_t reach = 110;
  auto after = text.substr(end, reach);
  auto before = sentence_before(text, begin, reach);
  auto lead = before;
  auto word = text.substr(begin, end - begin);
  auto has_lead = is_one_of(word.substr(0, word.find(' ')), leading);
  if (!has_lead) {
    if (!drop_lead(lead))
      return false;
    auto said = ' ' + std::string{before.substr(lead.size())};
    if (!has(said, " our ") && !has(said, " the "))
      return false;
  }
  return says_one_is(lead) && ends_a_phrase(after) && !names_choice(before)
         && !names_choice(after.substr(0, after.find_first_of(".!?\n;")));
}

bool is_where_home_works(std::string_view text, std::size_t begin,
                         std::size_t end) {
  constexpr std::size_t reach = 70;
  if (!ends_a_phrase(text.substr(end)))
    return false;
  auto before = sentence_before(text, begin, reach);
  auto lead = before;
  auto word = last_word(lead);
  while (is_one_of(word, "your|their|own|of|comfort|the|a"))
    word = last_word(lead);
  auto after = text.substr(end, reach);
  after = after.substr(0, after.find_first_of(".!?\n;"));
  auto said = ' ' + std::string{lead};
  auto is_work = false;
  for (std::string_view verb :
       {" work ", " job ", " done ", " role ", " performed ", " position ",
        " working ", " works ", " shifts ", " calls "})
    is_work = is_work || has(said, verb);
  auto is_bound = has(said, " can ") || has(said, " may ");
  std::replace(said.begin(), said.end(), ',', ' ');
  return word == "from" && is_work && !has(said, " who ")
         && !has_any(after, {" or ", " day", " week", " sometimes", " option"})
         && (is_bound ? !has(said, " also ") && !has(said, " sometimes ")
                      : !names_choice(lead));
}

bool is_demanded_behind(std::string_view text, std::size_t end) {
  constexpr std::size_t reach = 60;
  auto rest = text.substr(end, reach);
  rest = rest.substr(0, rest.find_first_of(".!?\n;,"));
  if (rest.empty() || rest[0] != ' ' || names_choice(rest))
    return false;
  auto word = next_word(rest);
  for (std::string_view skipped :
       {"work|working|presence|attendance|role|position", "for|in|at",
        "this|the|our", "role|position|job", "is|are|will", "be",
        "strictly|absolutely|currently|always|a|an"})
    if (is_one_of(word, skipped))
      word = next_word(rest);
  return is_one_of(word, "required|mandatory|must|expected|essential|necessary|"
                         "compulsory|requirement|obligatory|non-negotiable");
}

bool is_demanded_before(std::string_view text, std::size_t begin,
                        std::size_t end) {
  constexpr std::size_t reach = 24;
  auto before = sentence_before(text, begin, reach);
  auto verb = last_word(before);
  auto after = text.substr(end, reach);
  if (is_one_of(verb, "requires|require|requiring"))
    return is_one_of(next_word(after), "work|working|presence|attendance");
  return is_one_of(verb, "located|based|stationed")
         && before.find_first_not_of(' ') == before.npos
         && is_one_of(next_word(after), "in|at");
}

} // namespace jobfarm::normalize
