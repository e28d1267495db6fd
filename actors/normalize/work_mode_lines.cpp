#include "actors/normalize/work_mode_context.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

/// "Full-time, permanent,": terms that stand alone.
bool is_list_of_terms(std::string_view head) {
  while (!head.empty()) {
    auto end = head.find(',');
    if (end == head.npos)
      return false;
    auto term = head.substr(0, end);
    term.remove_prefix(std::min(term.find_first_not_of(' '), term.size()));
    if (term != "full-time" && term != "full time" && term != "permanent"
        && term != "part-time" && term != "part time" && term != "contract"
        && term != "temporary")
      return false;
    head.remove_prefix(end + 1);
    head.remove_prefix(std::min(head.find_first_not_of(' '), head.size()));
  }
  return true;
}

/// The head of a line that states terms: "Job type:", "Type: permanent,".
bool names_terms(std::string_view head) {
  if (!head.empty() && is_list_of_terms(head))
    return true;
  auto name = head.substr(0, head.find(':'));
  auto is_listed = !head.empty() && head.find(". ") == head.npos
                   && (head.back() == ':' || head.back() == ',');
  return is_listed && name.size() < head.size()
         && has_any(name,
                    {"job", "type", "work", "mode", "employment", "location",
                     "contract", "position", "role", "where"});
}

} // namespace

bool is_a_line(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t longest = 60;
  auto start = begin;
  while (start > 0 && begin - start <= longest && text[start - 1] != '\n')
    --start;
  auto near = text.substr(start, longest + 1);
  auto line = near.substr(0, near.find('\n'));
  constexpr std::size_t longest_label = 30;
  auto is_labelled =
      begin - start < longest_label
      && near.substr(0, near.find('\n')).find(": ") + 2 == begin - start;
  if ((line.size() > longest && !is_labelled) || line.size() < end - start)
    return false;
  auto head = line.substr(0, begin - start);
  auto tail = line.substr(end - start);
  auto trim = [](std::string_view& part) {
    while (!part.empty() && part.front() == ' ')
      part.remove_prefix(1);
    while (!part.empty() && (part.back() == ' ' || part.back() == '.'))
      part.remove_suffix(1);
  };
  auto is_glued = !tail.empty() && tail.front() == '-';
  trim(head);
  trim(tail);
  if (head == "-")
    head = {};
  constexpr std::string_view marks = ",;:|(-";
  constexpr std::string_view marks_before = ",;:|/(-";
  auto is_first = head.empty();
  auto is_behind_mark =
      !head.empty() && marks_before.find(head.back()) != marks.npos;
  auto is_before_mark =
      !is_glued && !tail.empty()
      && (marks.find(tail.front()) != marks.npos || starts(tail, "\xE2\x80"));
  if (tail.empty() || tail == ")")
    return is_first || is_behind_mark;
  return (is_first || names_terms(head)) && is_before_mark;
}

bool is_a_sentence(std::string_view text, std::size_t begin, std::size_t end) {
  if (end < text.size() && text[end] != '.' && text[end] != '!')
    return false;
  auto last = text.substr(0, begin).find_last_not_of(' ');
  constexpr std::string_view ends = ".!?\n";
  return last == text.npos || ends.find(text[last]) != ends.npos;
}

answer answer_behind(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 24;
  auto rest = text.substr(at, reach);
  if (rest.empty() || (rest[0] != ' ' && rest[0] != ':' && rest[0] != '?'))
    return answer::none;
  static constexpr std::string_view nouns[] = {
      " job",      " work",   " position", " role",
      " eligible", " option", " allowed"};
  for (auto word : nouns)
    if (starts(rest, word))
      rest.remove_prefix(word.size());
  if (!rest.empty() && rest[0] == ' ') // "Télétravail : non"
    rest.remove_prefix(1);
  if (rest.empty() || (rest[0] != ':' && rest[0] != '?'))
    return answer::none;
  auto is_asked = rest[0] == '?';
  rest.remove_prefix(std::min(rest.find_first_not_of(":? "), rest.size()));
  for (std::string_view no : {"nein", "non", "nao", "nie", "nee", "nej"})
    if (starts(rest, no) && (rest.size() == no.size() || rest[no.size()] < 'a'))
      return answer::no;
  if (starts(rest, "yes") || starts(rest, "true") || starts(rest, "100%"))
    return answer::yes;
  if (is_asked && starts(rest, "not "))
    return answer::no;
  auto is_no = starts(rest, "no") && (rest.size() == 2 || rest[2] < 'a');
  return is_no || starts(rest, "false") ? answer::no : answer::none;
}

} // namespace jobfarm::normalize
