#include "actors/normalize/work_mode_context.hpp"

#include "actors/normalize/word_list.hpp"
#include "actors/text/ascii.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace jobfarm::normalize {

namespace {

using text::is_digit;

/// Drops what may stand between a mode and its job: ", full-time".
std::string_view without_fillers(std::string_view text) {
  auto is_open = true;
  while (is_open) {
    auto next = text.find_first_not_of(" ,");
    text.remove_prefix(std::min(next, text.size()));
    is_open = false;
    for (std::string_view filler :
         {"full time", "full-time", "part time", "part-time", "permanent",
          "first", "-first", "only", "based", "-based"})
      if (starts(text, filler)) {
        text.remove_prefix(filler.size());
        is_open = true;
      }
  }
  return text;
}

bool starts_with_job(std::string_view text) {
  static constexpr listed_word jobs[] = {"role",
                                         "position",
                                         "job",
                                         "opportunit",
                                         "contract",
                                         "company",
                                         "organization",
                                         "organisation",
                                         "opening",
                                         "vacancy",
                                         "assignment",
                                         "engagement",
                                         "employment",
                                         "work required",
                                         "work is required",
                                         "attendance is",
                                         "attendance required",
                                         "presence is",
                                         "presence required",
                                         "schedule",
                                         "arrangement",
                                         "setting",
                                         "unternehmen",
                                         "way of work",
                                         "flexib",
                                         "telework",
                                         "workweek",
                                         "option"};
  return starts_with_one(text, jobs);
}

/// Days on which no whole week ends: "Monday through Wednesday".
bool starts_midweek(std::string_view text) {
  static constexpr listed_word days[] = {
      "tue", "wed", "thu", "die", "mit", "don", "mar", "mer", "mie",
      "jeu", "jue", "ter", "qua", "qui", "gio", "din", "woe"};
  return starts_with_one(text, days);
}

/// Drops the last word or words if they are one of `words`.
bool drop_last(std::string_view& text,
               std::initializer_list<std::string_view> words) {
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  for (auto word : words) {
    if (text.empty() || text.back() != word.back())
      continue;
    auto rest = text.size() - std::min(text.size(), word.size());
    auto is_whole =
        rest == 0 || text[rest - 1] == ' ' || text[rest - 1] == '\n';
    if (is_whole && text.substr(rest) == word) {
      text.remove_suffix(word.size());
      return true;
    }
  }
  return false;
}

/// Words that end like "the position will be fully".
bool is_said_of_a_job(std::string_view before) {
  while (drop_last(before,
                   {"fully", "100%", "designated", "completely", "entirely",
                    "currently", "strictly", "considered", "classified as"})) {
  }
  return drop_last(before, {"is", "are", "will be", "works", "must be",
                            "can be", "may be", "could be", "would be",
                            "is offered as", "offered as"})
         && drop_last(before,
                      {"role",     "position",  "positions",   "roles",
                       "job",      "jobs",      "opportunity", "work",
                       "vacancy",  "opening",   "assignment",  "internship",
                       "contract", "everyone",  "everybody",   "company",
                       "agents",   "employees", "engineers",   "staff",
                       "team",     "members"});
}

/// "We are a", "we're fully", "we work together,".
bool is_said_of_us(std::string_view before) {
  drop_last(before, {"a", "an", "fully", "completely"});
  return drop_last(before,
                   {"we are", "we're", "we\xE2\x80\x99re", "work together,"});
}

/// "Looking for a", "you will be a full-time": who is sought is remote.
bool is_said_of_one(std::string_view before) {
  while (drop_last(before, {"full time", "full-time", "fully", "permanent",
                            "motivated", "new", "experienced", "talented"})) {
  }
  return drop_last(before, {"a", "an"})
         && drop_last(before, {"looking for", "seeking", "hiring", "will be",
                               "you'll be", "be", "become", "recruiting",
                               "need", "searching for", "as"});
}

/// "This job can be done", "the role is performed".
bool drop_last_word_for_doing(std::string_view before) {
  return drop_last(before, {"done", "performed", "carried out", "executed"});
}

} // namespace

bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size()
         && text.substr(text.size() - tail.size()) == tail;
}

bool has_any(std::string_view text,
             std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](auto part) { return has(text, part); });
}

std::string spaced(std::string_view text) {
  std::string out{text};
  for (auto hyphen : hyphens)
    std::replace(out.begin(), out.end(), hyphen, ' ');
  return out;
}

near_words words_before(std::string_view text, std::size_t at,
                        std::size_t reach) {
  auto from = at > reach ? at - reach : 0;
  return near_words(
      behind_last(text.substr(from, at - from), is_sentence_mark));
}

near_words words_behind(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 26;
  return near_words(text.substr(at, reach));
}

bool is_other_matter_before(std::string_view before) {
  if (ends_with(before, "who "))
    return true;
  static constexpr listed_word matters[] = {
      "occasional",    "experience with", "experience in",  "previous ",
      "ability to",    "option to",       "manage ",        "managing ",
      "our customers", "enable",          "our clients",    "tools for",
      "supporting ",   "future of",       "if you",         "some ",
      "stipend",       "products for",    "software for",   "platform for",
      "platforms for", "solutions for",   "lets companies", "companies manage",
      "interview",     "onboarding",      "knowledge of",   "policies for",
      "sell to",       "selling to",      "serving"};
  return has_one(before, matters);
}

bool is_other_matter_behind(std::string_view after) {
  if (after.empty() || after.front() != ' ')
    return false;
  static constexpr listed_word matters[] = {
      " sensing",      " support",   " monitoring",     " tools",
      " cloud",        " access",    " software",       " policy",
      " stipend",      " when",      " occasional",     " teams",
      " experience",   " allowance", " budget",         " setup",
      " set up",       " equipment", " infrastructure", " desktop",
      " patient",      " benefit",   " environments",   " one day",
      " 1 day",        " securit",   " for our c",      " for clients",
      " for customers"};
  return starts_with_one(after, matters);
}

bool is_negated(std::string_view said, std::string_view after) {
  // "No commute: the job is done remotely" takes nothing back.
  near_words before(
      behind_last(said, [](char mark) { return mark == ':' || mark == ','; }));
  static constexpr listed_word negations[] = {
      " not ",   "n't ",   " no ",     "unable", "cannot", " never ",
      "without", " kein ", " pas de ", " sin ",  " sem ",  " geen "};
  if (has_one(before.behind_blank(), negations))
    return true;
  static constexpr listed_word refusals[] = {" is not",
                                             " are not",
                                             " will not",
                                             " not available",
                                             " not possible",
                                             " isn't",
                                             " is unavailable",
                                             " not permitted",
                                             " not allowed",
                                             " nicht moglich",
                                             " ist nicht",
                                             " n'est pas",
                                             " no es ",
                                             " nao ",
                                             " non e ",
                                             " niet mogelijk",
                                             " не предусм",
                                             " 불가",
                                             "不可"};
  return starts_with_one(after, refusals);
}

bool is_per_month(std::string_view text, std::size_t at) {
  auto after = words_behind(text, at);
  static constexpr listed_word months[] = {
      " per month", " a month",   " each month", "/month",
      " im monat",  " pro monat", " par mois",   " al mes",
      " por mes",   " al mese",   " per maand",  " w miesiacu"};
  return starts_with_one(after, months);
}

bool is_per_season(std::string_view text, std::size_t at) {
  auto words = words_behind(text, at);
  std::string_view after = words;
  after = after.substr(0, after.find_first_of(".,;\n"));
  static constexpr listed_word seasons[] = {"quarter", "year",    "annum",
                                            "trimest", "quartal", " jahr",
                                            " ano",    " anno"};
  return has_one(after, seasons);
}

bool names_work_abroad(std::string_view text, std::size_t at) {
  auto before = words_before(text, at);
  static constexpr listed_word works[] = {
      " werk",    " arbeit",   " travail",  " poste ",    " emploi",
      " trabaj",  " puesto",   " empleo",   " trabalh",   " vaga ",
      " atuacao", " lavor",    " ruolo",    " posizion",  " posicio",
      " praca",   " pracy",    " pracuj",   " stanowisk", " arbet",
      " jobb",    " tjanst",   " stelle",   " tatigkeit", " functie",
      " modalid", " modalita", " stilling", " tyo"};
  return has_one(before.behind_blank(), works);
}

bool is_of_a_job(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t reach = 30;
  auto from = begin > reach ? begin - reach : 0;
  auto before = text.substr(from, begin - from);
  if (drop_last_word_for_doing(before) || is_said_of_us(before))
    return true;
  static constexpr listed_word ways[] = {
      "work ",    "working", "works ", "worked ", "join us",
      "join our", "hire",    "hiring", "based",   "employ"};
  if (text.substr(begin, end - begin) == "remotely")
    return has_one(words_before(text, begin), ways);
  if (text.substr(begin, end - begin) == "remote" && is_said_of_one(before))
    return true;
  auto after = text.substr(end, reach);
  auto is_qualifier = !after.empty() && (after[0] == ' ' || after[0] == ',');
  if (is_qualifier && starts_with_job(without_fillers(after)))
    return true;
  if (starts(after, " monday") && names_whole_week(spaced(after)))
    return true;
  return is_said_of_a_job(before);
}

int percent_near(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t reach = 44;
  constexpr std::size_t few_words = 16;
  auto from = begin > reach ? begin - reach : 0;
  auto number_before = [&](std::size_t sign) {
    while (sign > 0 && text[sign - 1] == ' ')
      --sign;
    auto first = sign;
    while (first > 0 && sign - first < 3 && is_digit(text[first - 1]))
      --first;
    int value = 0;
    for (auto c : text.substr(first, sign - first))
      value = value * 10 + (c - '0');
    return value;
  };
  auto is_apart = [](std::string_view gap) {
    return has_any(gap, {" of us", " of our team", " of the team",
                         " of employees", " of our employees", " of staff",
                         " of our people", " of companies"})
           || gap.find_first_of(".!?\n;,") != gap.npos
           || (gap.size() > few_words
               && !has_any(gap, {" our ", "time", "zeit", "temps", "tiempo",
                                 "tempo", "tijd", "czas", "tid"}));
  };
  auto before = text.substr(from, begin - from);
  if (auto sign = before.rfind('%');
      sign != before.npos && !is_apart(before.substr(sign)))
    return number_before(from + sign);
  auto after = text.substr(end, few_words + 5);
  if (auto sign = after.find('%');
      sign != after.npos && !is_apart(after.substr(0, sign))
      && !has(words_behind(text, end + sign), "travel"))
    return number_before(end + sign);
  return 0;
}

bool names_whole_week(std::string_view text) {
  for (std::string_view days :
       {"monday to", "monday through", "monday thru", "monday friday",
        "monday   friday", "monday \xE2\x80\x93", "monday, tuesday",
        "montag bis", "montag freitag", "lundi au", "lunes a", "segunda a",
        "lunedi al", "maandag t"})
    if (auto at = text.find(days); at != text.npos) {
      auto last = text.substr(at + days.size());
      last.remove_prefix(std::min(last.find_first_not_of(' '), last.size()));
      if (!starts_midweek(last))
        return true;
    }
  return false;
}

} // namespace jobfarm::normalize
