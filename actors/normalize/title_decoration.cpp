#include "actors/normalize/title_decoration.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/place_words.hpp"
#include "actors/normalize/recent_results.hpp"
#include "actors/normalize/regions.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <string>

namespace jobfarm::normalize {

namespace {

/// No decoration is longer.
constexpr std::size_t longest_part = 120;
/// A title names one or two places; a posting may have hundreds.
constexpr std::size_t most_places = 8;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

template <class... Words>
bool is_one_of(std::string_view text, Words... words) {
  return ((text == std::string_view{words}) || ...);
}

/// Calls `take` for every run of characters between those of `marks`.
template <class Take>
void for_each_token(std::string_view text, std::string_view marks, Take take) {
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find_first_of(marks, at), text.size());
    if (end > at)
      take(text.substr(at, end - at));
    at = end + 1;
  }
}

std::string folded_part(std::string_view part) {
  return text::collapse_space(text::fold_ascii(part));
}

/// "1999" to "2099".
bool is_year(std::string_view digits) {
  return digits.size() == 4
         && (digits.substr(0, 2) == "20" || digits.substr(0, 2) == "19");
}

bool is_gender_word(std::string_view word) {
  if (word.size() == 1)
    return std::string_view{"mwfdxhvkni"}.find(word) != word.npos;
  return is_one_of(word, "gn", "div", "divers", "diverse", "male", "female",
                   "mann", "frau");
}

/// "80%", "80-100 %", "80 - 100%".
bool is_workload(std::string_view folded) {
  return !folded.empty() && folded.back() == '%'
         && folded.find_first_not_of("0123456789 -%\xE2\x80\x93")
                == folded.npos;
}

bool is_working_time(std::string_view folded) {
  std::string plain{folded};
  std::replace(plain.begin(), plain.end(), '-', ' ');
  auto all = !plain.empty();
  for_each_token(plain, "/,&+", [&](std::string_view word) {
    while (!word.empty() && word.front() == ' ')
      word.remove_prefix(1);
    while (!word.empty() && word.back() == ' ')
      word.remove_suffix(1);
    all = all
          && is_one_of(
              word, "full time", "fulltime", "part time", "parttime", "full",
              "part", "full or part time", "full time or part time", "vollzeit",
              "teilzeit", "vollzeit oder teilzeit", "voll", "temps plein",
              "temps partiel", "tiempo completo", "medio tiempo",
              "tiempo parcial", "tempo integral", "meio periodo", "tempo pieno",
              "heltid", "deltid", "fulltid", "voltijd", "deeltijd",
              "pelny etat", "cdi", "cdd", "clt", "permanent", "festanstellung",
              "unbefristet", "befristet");
  });
  return all;
}

/// Words that call instead of naming a job.
bool is_call(std::string_view folded) {
  constexpr std::string_view marks = "!*?. ";
  while (!folded.empty() && marks.find(folded.back()) != marks.npos)
    folded.remove_suffix(1);
  while (!folded.empty() && marks.find(folded.front()) != marks.npos)
    folded.remove_prefix(1);
  return is_one_of(folded, "urgent", "urgent hiring", "urgently hiring",
                   "urgent hire", "urgent requirement", "urgent opening",
                   "hiring", "now hiring", "hiring now", "we're hiring",
                   "we are hiring", "we\u2019re hiring", "immediate start",
                   "immediate hire", "immediate joiner", "immediate joiners",
                   "immediate joiners only", "immediate opening",
                   "start immediately", "immediate starts", "asap start",
                   "asap", "apply now", "new", "hot job", "ab sofort", "sofort",
                   "zum nachstmoglichen zeitpunkt", "vaga", "vacante",
                   "vacature", "stellenangebot", "offre d'emploi", "urgente",
                   "急募", "急聘", "诚聘", "急招");
}

/// "$5,000 Sign-On Bonus", "Up to $40 an hour": pay is read elsewhere. "$50M"
/// is the size of what is managed.
bool is_money(std::string_view folded) {
  for (std::string_view word : {"up to ", "earn ", "from ", "earn up to "})
    if (folded.rfind(word, 0) == 0)
      folded.remove_prefix(word.size());
  for (std::string_view sign : {"$", "\u00a3", "\u20ac", "\u20b9"}) {
    if (folded.rfind(sign, 0) != 0)
      continue;
    auto end = sign.size();
    auto begin = end;
    while (end < folded.size()
           && (is_digit(folded[end])
               || (end > begin && (folded[end] == ',' || folded[end] == '.'))))
      ++end;
    return end > begin
           && (end == folded.size()
               || (folded[end] != 'm' && folded[end] != 'b'));
  }
  return false;
}

/// A label before a number: "Job ID", "Ref.", "Kennziffer".
bool is_number_label(std::string_view word) {
  return is_one_of(word, "job", "req", "requisition", "ref", "reference",
                   "referenz", "vacancy", "posting", "position", "kennziffer",
                   "stellen", "id", "no", "nr", "number", "code", "r", "jr",
                   "jobid", "reqid", "rq", "vac", "jo");
}

/// "jr100234": letters that begin a number of a recruiting system.
bool is_number_prefix(std::string_view letters) {
  return letters.empty()
         || is_one_of(letters, "r", "jr", "req", "job", "ref", "id", "jo", "jp",
                      "wd", "p", "br", "ps", "rq", "vac", "tr", "rec");
}

bool is_standard(std::string_view letters) {
  return is_one_of(letters, "iso", "en", "iec", "bs", "din", "nf", "sae");
}

/// "2024-12345" of one recruiting system; "2025-2026" is a school year.
bool is_numbers_alone(std::string_view token) {
  auto dash = token.find('-');
  auto first = token.substr(0, dash);
  if (dash == token.npos)
    return token.size() >= 4 && !is_year(token);
  auto second = token.substr(dash + 1);
  return first.size() + second.size() >= 6 && second.size() >= 3
         && !is_year(second);
}

/// One word of letters, then digits.
bool is_number_token(std::string_view token) {
  if (token.find_first_not_of("0123456789-") == token.npos)
    return is_numbers_alone(token);
  std::size_t letters = 0;
  while (letters < token.size() && is_letter(token[letters]))
    ++letters;
  auto digits = token.substr(letters);
  while (!digits.empty() && (digits[0] == '-' || digits[0] == '_'))
    digits.remove_prefix(1);
  auto prefix = token.substr(0, letters);
  if (letters > 4 || digits.empty()
      || digits.find_first_not_of("0123456789-_") != digits.npos)
    return false;
  return is_number_prefix(prefix) ? digits.size() >= 4
                                  : digits.size() >= 5 && !is_standard(prefix);
}

bool is_same_place(const place& own, const gazetteer_place& known) {
  if (own.country != known.country)
    return false;
  switch (known.kind) {
    case place_kind::city: return own.city == known.name;
    case place_kind::admin1: return own.admin1 == known.name;
    default: return true;
  }
}

/// Calls `take(place)` for the own places that are looked at.
template <class Take>
void for_each_own(const title_context& context, Take take) {
  auto count = std::min(context.places->size(), most_places);
  for (std::size_t i = 0; i < count; ++i)
    take((*context.places)[i]);
}

/// All names of the own places, folded.
std::vector<std::string> own_names(const title_context& context) {
  std::vector<std::string> names;
  for_each_own(context, [&](const place& own) {
    for (const auto* name :
         {&own.display, &own.city, &own.admin1, &own.admin1_code, &own.country})
      if (!name->empty())
        names.push_back(folded_part(*name));
  });
  return names;
}

/// True if a run of words is one of the own places by any of its names; `names`
/// are the places' own.
bool is_own_place(std::string_view words, const title_context& context,
                  const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), folded_part(words)) != names.end())
    return true;
  auto is_own = [&](const gazetteer_place& known) {
    auto is_same = false;
    for_each_own(context, [&](const place& own) {
      is_same = is_same || is_same_place(own, known);
    });
    return is_same;
  };
  auto names_own = [&](std::string_view key) {
    auto found = context.world->find(key);
    for (std::uint32_t i = 0; i < found.size(); ++i)
      if (is_own(found[i]))
        return true;
    return false;
  };
  return context.world && (names_own(place_key(words)) || names_own(words));
}

/// True if a run of words is any place or scope: beside "remote" it is one.
bool is_any_place(std::string_view words, const title_context& context) {
  auto key = place_key(words);
  return !scope_of(key).empty()
         || (context.world
             && (!context.world->find(key).empty()
                 || (is_place_code(words)
                     && !context.world->find(std::string{words}).empty())));
}

/// Two letters that mean a trade more often than a state: "Manager, IT".
bool is_trade_code(std::string_view part) {
  return is_one_of(part, "AD", "AE", "AI", "AR", "BI", "HR", "ID", "IO", "IT",
                   "MD", "ME", "ML", "MS", "PA", "PM", "PR", "QA", "SA", "TV",
                   "VR");
}

/// Reads a part word by word: the longest run that `is_place` takes, or words
/// that surround places. True if nothing else is left and a place was there or
/// `needs_place` is false.
template <class IsPlace>
bool is_made_of_places(std::string_view part, bool needs_place,
                       IsPlace is_place) {
  constexpr std::size_t longest_name = 5;
  auto words = place_words(part);
  if (words.empty() || words.size() > 12)
    return false;
  auto has_place = false;
  for (std::size_t at = 0; at < words.size();) {
    auto end = std::min(at + 1, words.size());
    while (end < words.size() && end < at + longest_name
           && (words[end].before == word_join::blank
               || words[end].before == word_join::hyphen))
      ++end;
    auto run = [&](std::size_t to) {
      const auto* begin = words[at].text.data();
      const auto& last = words[to - 1].text;
      return std::string_view{
          begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
    };
    while (end > at && !is_place(run(end)))
      --end;
    if (end > at) {
      has_place = true;
      at = end;
    } else if (role_of(folded_part(words[at].text)) == word_role::unknown) {
      return false;
    } else {
      ++at;
    }
  }
  return has_place || !needs_place;
}

/// "Remote", "Hybrid, Berlin", "Remote within Germany", "US Remote".
bool is_mode_part(std::string_view part, const title_context& context) {
  return is_made_of_places(part, false, [&](std::string_view words) {
    return is_any_place(words, context);
  });
}

/// All that `is_own_place` reads of the places.
joined_key own_places_key(const title_context& context) {
  joined_key key;
  key.add(context.world ? context.world->serial() : 0);
  for_each_own(context, [&](const place& own) {
    key.add(own.display).add(own.city).add(own.admin1);
    key.add(own.admin1_code).add(own.country);
  });
  return key;
}

/// `is_gender_mark` of a folded part.
bool is_folded_gender(std::string_view folded) {
  if (is_one_of(folded, "all genders", "all gender", "alle geschlechter", "gn",
                "geschlechtsneutral", "mwd", "wmd", "mfd", "fmd", "mfx"))
    return true;
  std::size_t count = 0;
  auto is_all = true;
  auto has_man = false;
  for_each_token(folded, "/|,*.: ()", [&](std::string_view word) {
    ++count;
    is_all = is_all && is_gender_word(word);
    has_man = has_man || is_one_of(word, "m", "h", "male", "mann");
  });
  return is_all && has_man && count >= 2;
}

/// `is_requisition` of a folded part.
bool is_folded_requisition(std::string_view folded) {
  if (is_number_token(folded))
    return true;
  auto is_labelled = folded.find('#') != folded.npos;
  auto is_all = true;
  std::size_t digits = 0;
  for_each_token(folded, " :#.-_/", [&](std::string_view word) {
    if (word.find_first_not_of("0123456789") == word.npos)
      digits += word.size();
    else if (is_number_label(word))
      is_labelled = true;
    else if (is_number_token(word))
      digits += word.size();
    else
      is_all = false;
  });
  return is_all && is_labelled && digits >= 3;
}

/// What a part of a title says, whatever the posting.
struct part_facts {
  bool is_decoration = false;
  bool names_mode = false;
};

part_facts read_part(std::string_view part) {
  auto folded = folded_part(part);
  return {folded.empty() || is_folded_gender(folded)
              || is_folded_requisition(folded) || is_workload(folded)
              || is_working_time(folded) || is_call(folded) || is_money(folded),
          mode_in_location(part) != work_mode::unknown
              || mode_of_label(part) != work_mode::unknown};
}

} // namespace

bool is_gender_mark(std::string_view part) {
  return is_folded_gender(folded_part(part));
}

bool names_own_place(std::string_view part, const title_context& context) {
  if (part.size() > longest_part || !context.places || is_trade_code(part))
    return false;
  thread_local recent_results<std::vector<std::string>> names;
  thread_local recent_results<bool, 1024> recent;
  auto places = own_places_key(context);
  return recent.of(joined_key{places}.add(part), [&] {
    const auto& own = names.of(places, [&] { return own_names(context); });
    return is_made_of_places(part, true, [&](std::string_view words) {
      return is_own_place(words, context, own);
    });
  });
}

bool names_company(std::string_view part, const title_context& context) {
  // A longer one is no part, and would be read again for each.
  constexpr std::size_t longest_company = 400;
  if (context.company.empty() || part.size() > longest_part
      || context.company.size() > longest_company)
    return false;
  thread_local recent_results<std::string> companies;
  thread_local recent_results<std::string, 512> parts;
  const auto& company = companies.of(
      context.company, [&] { return normalize_company(context.company); });
  return company == parts.of(part, [&] { return normalize_company(part); });
}

bool is_requisition(std::string_view part) {
  return is_folded_requisition(folded_part(part));
}

bool is_title_decoration(std::string_view part, const title_context& context) {
  if (part.size() > longest_part)
    return false;
  thread_local recent_results<part_facts, 512> recent;
  const auto& facts = recent.of(part, [&] { return read_part(part); });
  return facts.is_decoration
         || (facts.names_mode && is_mode_part(part, context))
         || names_own_place(part, context) || names_company(part, context);
}

} // namespace jobfarm::normalize
