#include "actors/normalize/title.hpp"

namespace jobfarm::normalize {

namespace {

struct cue {
  std::string_view words;
  seniority level;
};

using s = seniority;

/// Cues in whole words of a normalised title. The first that occurs decides,
/// so "associate director" is a director and "senior manager" a manager of
/// senior rank: the taxonomy has one level, the role's own comes first.
constexpr cue cues[] = {
    {"intern", s::intern},
    {"internship", s::intern},
    {"interns", s::intern},
    {"stagiaire", s::intern},
    {"stage", s::intern},
    {"praktikum", s::intern},
    {"praktikant", s::intern},
    {"praktikantin", s::intern},
    {"werkstudent", s::intern},
    {"werkstudentin", s::intern},
    {"working student", s::intern},
    {"alternance", s::intern},
    {"alternant", s::intern},
    {"apprentice", s::intern},
    {"apprenticeship", s::intern},
    {"apprenti", s::intern},
    {"ausbildung", s::intern},
    {"auszubildende", s::intern},
    {"auszubildender", s::intern},
    {"azubi", s::intern},
    {"duales studium", s::intern},
    {"trainee", s::intern},
    {"becario", s::intern},
    {"practicas", s::intern},
    {"prácticas", s::intern},
    {"estagio", s::intern},
    {"estágio", s::intern},
    {"tirocinio", s::intern},
    {"co op", s::intern},
    {"实习", s::intern},
    {"chief of staff", s::unknown},
    {"chief", s::executive},
    {"ceo", s::executive},
    {"cto", s::executive},
    {"cfo", s::executive},
    {"coo", s::executive},
    {"cio", s::executive},
    {"ciso", s::executive},
    {"cmo", s::executive},
    {"cpo", s::executive},
    {"cro", s::executive},
    {"founder", s::executive},
    {"co founder", s::executive},
    {"cofounder", s::executive},
    {"managing director", s::executive},
    {"vice president", s::vp},
    {"president", s::executive},
    {"director", s::director},
    {"directeur", s::director},
    {"directrice", s::director},
    {"direktor", s::director},
    {"head of", s::director},
    {"head", s::director},
    {"leiter", s::director},
    {"leiterin", s::director},
    {"distinguished", s::principal},
    {"fellow", s::principal},
    {"principal", s::principal},
    {"staff", s::staff},
    {"team lead", s::lead},
    {"tech lead", s::lead},
    {"technical lead", s::lead},
    {"lead", s::lead},
    {"teamleiter", s::lead},
    {"senior", s::senior},
    {"senior manager", s::senior},
    {"sénior", s::senior},
    {"starszy", s::senior},
    {"expert", s::senior},
    {"confirmé", s::mid},
    {"graduate", s::junior},
    {"new grad", s::junior},
    {"entry level", s::junior},
    {"junior", s::junior},
    {"berufseinsteiger", s::junior},
    {"early career", s::junior},
    {"associate", s::junior},
    {"mid level", s::mid},
    {"midlevel", s::mid},
    {"intermediate", s::mid},
    {"regular", s::mid},
    {"mid", s::mid},
    {"manager", s::manager},
    {"supervisor", s::manager},
};

bool has_words(std::string_view title, std::string_view words) {
  for (auto at = title.find(words); at != title.npos;
       at = title.find(words, at + 1)) {
    auto end = at + words.size();
    auto begins = at == 0 || title[at - 1] == ' ';
    auto stops = end == title.size() || title[end] == ' '
                 || static_cast<unsigned char>(words[0]) >= 0xE0;
    if (begins && stops)
      return true;
  }
  return false;
}

/// A manager of things is not a manager of people: the word says the role.
bool is_role_manager(std::string_view title) {
  for (std::string_view role : {"program manager",
                                "project manager",
                                "product manager",
                                "account manager",
                                "product marketing manager",
                                "marketing manager",
                                "community manager",
                                "case manager",
                                "delivery manager",
                                "release manager",
                                "content manager",
                                "success manager",
                                "partner manager",
                                "portfolio manager",
                                "office manager",
                                "social media manager",
                                "relationship manager",
                                "property manager",
                                "brand manager",
                                "category manager",
                                "event manager",
                                "risk manager",
                                "programs manager",
                                "projects manager",
                                "scrum master"})
    if (has_words(title, role))
      return true;
  return false;
}

/// Staff accountants and staff nurses are not staff engineers.
bool is_plain_staff(std::string_view title) {
  for (std::string_view role :
       {"staff accountant", "staff nurse", "staff assistant", "staff attorney",
        "staff writer", "kitchen staff", "chief of staff", "staff pharmacist",
        "support staff"})
    if (has_words(title, role))
      return true;
  return false;
}

/// "Associate" before a rank or in a shop is no junior level of its own.
bool is_plain_associate(std::string_view title) {
  for (std::string_view role :
       {"sales associate", "warehouse associate", "retail associate",
        "research associate", "store associate", "associate general counsel",
        "associate professor", "production associate"})
    if (has_words(title, role))
      return true;
  return false;
}

} // namespace

seniority seniority_of(std::string_view title) {
  for (const auto& one : cues) {
    if (!has_words(title, one.words))
      continue;
    if (one.words == "manager" && is_role_manager(title))
      return seniority::unknown;
    if (one.words == "staff" && is_plain_staff(title))
      continue;
    if (one.words == "associate" && is_plain_associate(title))
      return seniority::unknown;
    if (one.words == "principal" && has_words(title, "school"))
      continue;
    return one.level;
  }
  return seniority::unknown;
}

} // namespace jobfarm::normalize
