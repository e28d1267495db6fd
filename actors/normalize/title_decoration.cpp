#include "actors/normalize/title_decoration.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/place_words.hpp"
#include "actors/normalize/recent_results.hpp"
#include "actors/normalize/regions.hpp"
#include "actors/normalize/title_marks.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/text/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace jobfarm::normalize {

namespace {

/// No decoration is longer.
constexpr std::size_t longest_part = 120;
/// A title names one or two places; a posting may have hundreds.
constexpr std::size_t most_places = 8;

template <class... Words>
bool is_one_of(std::string_view text, Words... words) {
  return ((text == std::string_view{words}) || ...);
}

bool is_small_letter(char c) {
  return c >= 'a' && c <= 'z';
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

std::array<const std::string*, 5> names_of(const place& own) {
  return {&own.display, &own.city, &own.admin1, &own.admin1_code, &own.country};
}

/// All names of the own places, folded.
std::vector<std::string> own_names(const title_context& context) {
  std::vector<std::string> names;
  for_each_own(context, [&](const place& own) {
    for (const auto* name : names_of(own))
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
  return part.size() == 2
         && is_one_of(part, "AD", "AE", "AI", "AR", "BI", "HR", "ID", "IO",
                      "IT", "MD", "ME", "ML", "MS", "PA", "PM", "PR", "QA",
                      "SA", "TV", "VR");
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
    for (const auto* name : names_of(own))
      key.add(*name);
  });
  return key;
}

/// The letters that a part begins with, if a blank or comma ends them; else
/// nothing.
std::string_view first_letters(std::string_view part) {
  std::size_t end = 0;
  while (end < part.size() && is_small_letter(text::ascii_lower(part[end])))
    ++end;
  auto is_word = end == part.size() || part[end] == ' ' || part[end] == ',';
  return part.substr(0, is_word ? end : 0);
}

/// Whether a run of words that begins with `word` may be a place or scope, or
/// the word stand beside one.
bool may_begin_places(std::string_view word, const gazetteer* world) {
  auto lower = text::ascii_lower(word);
  // Four words stand otherwise in a `place_key`.
  return role_of(lower) != word_role::unknown || begins_scope(lower)
         || is_one_of(lower, "saint", "sankt", "ft", "mt")
         || (world
             && (world->has_first_word(lower) || world->has_first_word(word)));
}

/// The same of a part, as far as a glance at its first word tells.
bool may_be_of_places(std::string_view part, const gazetteer* world) {
  auto word = first_letters(part);
  if (word.empty())
    return true;
  thread_local recent_results<bool, 1024> recent;
  joined_key key;
  key.add(world ? world->serial() : 0).add(word);
  return recent.of(key, [&] { return may_begin_places(word, world); });
}

/// Whether a name may begin with these letters when it is folded.
bool may_begin_with(std::string_view name, std::string_view letters) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i == name.size())
      return false;
    auto c = name[i];
    if (static_cast<unsigned char>(c) >= 0x80 || (i == 0 && c <= ' '))
      return true;
    if (text::ascii_lower(c) != text::ascii_lower(letters[i]))
      return false;
  }
  return true;
}

/// Whether a part may begin with a name of an own place.
bool may_begin_own(std::string_view part, const title_context& context) {
  auto word = first_letters(part);
  auto may = false;
  for_each_own(context, [&](const place& own) {
    for (const auto* name : names_of(own))
      may = may || may_begin_with(*name, word);
  });
  return may;
}

bool names_mode(std::string_view part) {
  return mode_in_location(part) != work_mode::unknown
         || mode_of_label(part) != work_mode::unknown;
}

/// `names_own_place` of a part that may be one of places, as far as a glance
/// tells.
bool names_own_place(std::string_view part, const title_context& context,
                     bool may_be_place) {
  if (part.size() > longest_part || !context.places || is_trade_code(part)
      || !(may_be_place || may_begin_own(part, context)))
    return false;
  thread_local recent_results<std::vector<std::string>> names;
  thread_local recent_results<bool, 1024> recent;
  auto key = own_places_key(context);
  std::string_view places = key;
  return recent.of(key.add(part), [&] {
    const auto& own = names.of(places, [&] { return own_names(context); });
    return is_made_of_places(part, true, [&](std::string_view words) {
      return is_own_place(words, context, own);
    });
  });
}

} // namespace

bool names_own_place(std::string_view part, const title_context& context) {
  return names_own_place(part, context, may_be_of_places(part, context.world));
}

bool names_company(std::string_view part, const title_context& context) {
  // A longer one is no part, and would be read again for each.
  constexpr std::size_t longest_company = 400;
  if (context.company.empty() || part.size() > longest_part
      || context.company.size() > longest_company)
    return false;
  thread_local recent_results<std::string> companies;
  thread_local recent_results<std::string, 512> parts;
  auto company = context.company_key;
  if (company.empty())
    company = companies.of(context.company,
                           [&] { return normalize_company(context.company); });
  return may_be_company(part, company)
         && company == parts.of(part, [&] { return normalize_company(part); });
}

bool is_title_decoration(std::string_view part, const title_context& context) {
  if (part.size() > longest_part)
    return false;
  auto folded = folded_part(part);
  if (folded.empty() || is_title_mark(folded))
    return true;
  auto may_be_place = may_be_of_places(part, context.world);
  return (may_be_place && names_mode(part) && is_mode_part(part, context))
         || names_own_place(part, context, may_be_place)
         || names_company(part, context);
}

} // namespace jobfarm::normalize
