#include "actors/normalize/title_marks.hpp"

#include "actors/normalize/word_list.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace jobfarm::normalize {

namespace {

using text::is_digit;

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

/// True if `is_one` takes every byte.
template <class IsOne>
bool are_all(std::string_view text, IsOne is_one) {
  return std::all_of(text.begin(), text.end(), is_one);
}

/// Some ASCII characters.
class mark_set {
public:
  constexpr explicit mark_set(std::string_view marks) {
    for (char c : marks)
      (c < 64 ? low_ : high_) |= std::uint64_t{1} << (c & 63);
  }

  constexpr bool has(char c) const {
    return static_cast<unsigned char>(c) < 128
           && ((c < 64 ? low_ : high_) >> (c & 63) & 1) != 0;
  }

private:
  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
};

/// True if `is_one` takes every run of characters between those of `marks`;
/// behind one that it does not take nothing is read.
template <class IsOne>
bool are_all_tokens(std::string_view text, mark_set marks, IsOne is_one) {
  for (std::size_t at = 0; at < text.size();) {
    auto begin = at;
    while (at < text.size() && !marks.has(text[at]))
      ++at;
    if (at > begin && !is_one(text.substr(begin, at - begin)))
      return false;
    ++at;
  }
  return true;
}

/// "1999" to "2099".
bool is_year(std::string_view digits) {
  return digits.size() == 4
         && (digits.substr(0, 2) == "20" || digits.substr(0, 2) == "19");
}

bool is_gender_word(std::string_view word) {
  if (word.size() == 1)
    return std::string_view{"mwfdxhvkni"}.find(word) != word.npos;
  static constexpr listed_word words[] = {"gn",   "div",    "divers", "diverse",
                                          "male", "female", "mann",   "frau"};
  return is_listed(word, words);
}

/// "80%", "80-100 %", "80 - 100%".
bool is_workload(std::string_view folded) {
  return !folded.empty() && folded.back() == '%'
         && folded.find_first_not_of("0123456789 -%\xE2\x80\x93")
                == folded.npos;
}

bool is_working_time(std::string_view folded) {
  std::string plain;
  if (folded.find('-') != folded.npos) {
    plain = folded;
    std::replace(plain.begin(), plain.end(), '-', ' ');
    folded = plain;
  }
  static constexpr listed_word times[] = {"full time",
                                          "fulltime",
                                          "part time",
                                          "parttime",
                                          "full",
                                          "part",
                                          "full or part time",
                                          "full time or part time",
                                          "vollzeit",
                                          "teilzeit",
                                          "vollzeit oder teilzeit",
                                          "voll",
                                          "temps plein",
                                          "temps partiel",
                                          "tiempo completo",
                                          "medio tiempo",
                                          "tiempo parcial",
                                          "tempo integral",
                                          "meio periodo",
                                          "tempo pieno",
                                          "heltid",
                                          "deltid",
                                          "fulltid",
                                          "voltijd",
                                          "deeltijd",
                                          "pelny etat",
                                          "cdi",
                                          "cdd",
                                          "clt",
                                          "permanent",
                                          "festanstellung",
                                          "unbefristet",
                                          "befristet"};
  constexpr mark_set marks{"/,&+"};
  return !folded.empty()
         && are_all_tokens(folded, marks, [](std::string_view word) {
              word = text::ascii_trim(word, " ");
              return is_listed(word, times);
            });
}

/// Words that call instead of naming a job.
bool is_call(std::string_view folded) {
  constexpr std::string_view marks = "!*?. ";
  while (!folded.empty() && marks.find(folded.back()) != marks.npos)
    folded.remove_suffix(1);
  while (!folded.empty() && marks.find(folded.front()) != marks.npos)
    folded.remove_prefix(1);
  static constexpr listed_word calls[] = {"urgent",
                                          "urgent hiring",
                                          "urgently hiring",
                                          "urgent hire",
                                          "urgent requirement",
                                          "urgent opening",
                                          "hiring",
                                          "now hiring",
                                          "hiring now",
                                          "we're hiring",
                                          "we are hiring",
                                          "we\u2019re hiring",
                                          "immediate start",
                                          "immediate hire",
                                          "immediate joiner",
                                          "immediate joiners",
                                          "immediate joiners only",
                                          "immediate opening",
                                          "start immediately",
                                          "immediate starts",
                                          "asap start",
                                          "asap",
                                          "apply now",
                                          "new",
                                          "hot job",
                                          "ab sofort",
                                          "sofort",
                                          "zum nachstmoglichen zeitpunkt",
                                          "vaga",
                                          "vacante",
                                          "vacature",
                                          "stellenangebot",
                                          "offre d'emploi",
                                          "urgente",
                                          "急募",
                                          "急聘",
                                          "诚聘",
                                          "急招"};
  return is_listed(folded, calls);
}

/// "$5,000 Sign-On Bonus", "Up to $40 an hour": pay is read elsewhere. "$50M"
/// is the size of what is managed.
bool is_money(std::string_view folded) {
  auto may_be_sign = [](char c) {
    return c == '$' || static_cast<unsigned char>(c) >= 0x80;
  };
  if (std::none_of(folded.begin(), folded.end(), may_be_sign))
    return false;
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
  static constexpr listed_word labels[] = {
      "job",      "req",     "requisition", "ref",      "reference",
      "referenz", "vacancy", "posting",     "position", "kennziffer",
      "stellen",  "id",      "no",          "nr",       "number",
      "code",     "r",       "jr",          "jobid",    "reqid",
      "rq",       "vac",     "jo"};
  return is_listed(word, labels);
}

/// "jr100234": letters that begin a number of a recruiting system.
bool is_number_prefix(std::string_view letters) {
  static constexpr listed_word prefixes[] = {
      "r",  "jr", "req", "job", "ref", "id",  "jo", "jp",
      "wd", "p",  "br",  "ps",  "rq",  "vac", "tr", "rec"};
  return letters.empty() || is_listed(letters, prefixes);
}

bool is_standard(std::string_view letters) {
  static constexpr listed_word standards[] = {"iso", "en", "iec", "bs",
                                              "din", "nf", "sae"};
  return is_listed(letters, standards);
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
  if (are_all(token, [](char c) { return is_digit(c) || c == '-'; }))
    return is_numbers_alone(token);
  std::size_t letters = 0;
  while (letters < token.size() && is_letter(token[letters]))
    ++letters;
  auto digits = token.substr(letters);
  while (!digits.empty() && (digits[0] == '-' || digits[0] == '_'))
    digits.remove_prefix(1);
  auto prefix = token.substr(0, letters);
  auto is_figure = [](char c) { return is_digit(c) || c == '-' || c == '_'; };
  if (letters > 4 || digits.empty() || !are_all(digits, is_figure))
    return false;
  return is_number_prefix(prefix) ? digits.size() >= 4
                                  : digits.size() >= 5 && !is_standard(prefix);
}

/// `is_gender_mark` of a folded part.
bool is_folded_gender(std::string_view folded) {
  static constexpr listed_word names[] = {"all genders",
                                          "all gender",
                                          "alle geschlechter",
                                          "gn",
                                          "geschlechtsneutral",
                                          "mwd",
                                          "wmd",
                                          "mfd",
                                          "fmd",
                                          "mfx"};
  if (is_listed(folded, names))
    return true;
  static constexpr listed_word men[] = {"m", "h", "male", "mann"};
  std::size_t count = 0;
  auto has_man = false;
  constexpr mark_set marks{"/|,*.: ()"};
  return are_all_tokens(folded, marks,
                        [&](std::string_view word) {
                          ++count;
                          has_man = has_man || is_listed(word, men);
                          return is_gender_word(word);
                        })
         && has_man && count >= 2;
}

/// Whether a text holds a letter that each mark of a gender has one of; true
/// too where one may come of folding.
bool may_be_gender(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    switch (c | 0x20) {
      case 'm':
      case 'h':
      case 'g': return true;
      default: return static_cast<unsigned char>(c) >= 0x80;
    }
  });
}

/// Whether a text holds a digit or a dash, as every number does; true too where
/// one may come of folding.
bool may_hold_number(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80;
  });
}

/// `is_requisition` of a folded part.
bool is_folded_requisition(std::string_view folded) {
  if (!may_hold_number(folded))
    return false;
  if (is_number_token(folded))
    return true;
  auto is_labelled = folded.find('#') != folded.npos;
  std::size_t digits = 0;
  constexpr mark_set marks{" :#.-_/"};
  auto is_part = [&](std::string_view word) {
    if (is_number_label(word)) {
      is_labelled = true;
      return true;
    }
    digits += word.size();
    return are_all(word, is_digit) || is_number_token(word);
  };
  return are_all_tokens(folded, marks, is_part) && is_labelled && digits >= 3;
}

} // namespace

std::string folded_part(std::string_view part) {
  auto folded = text::fold_ascii(part);
  return text::is_plain(folded) ? folded : text::collapse_space(folded);
}

bool is_gender_mark(std::string_view part) {
  return may_be_gender(part) && is_folded_gender(folded_part(part));
}

bool is_requisition(std::string_view part) {
  return may_hold_number(part) && is_folded_requisition(folded_part(part));
}

bool is_title_mark(std::string_view folded) {
  // Numbers end titles more often than marks of words, which have no digit.
  auto is_of_words = [&] {
    return (may_be_gender(folded) && is_folded_gender(folded))
           || is_working_time(folded) || is_call(folded);
  };
  auto has_digit = std::any_of(folded.begin(), folded.end(), is_digit);
  return (!has_digit && is_of_words()) || is_folded_requisition(folded)
         || is_workload(folded) || is_money(folded);
}

} // namespace jobfarm::normalize
