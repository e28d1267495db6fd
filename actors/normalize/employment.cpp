#include "actors/normalize/employment.hpp"

#include "actors/text/utf8.hpp"

#include <string>

namespace jobfarm::normalize {

namespace {

struct type_word {
  std::string_view word;
  employment_type type;
};

using t = employment_type;

/// Folded without diacritics, punctuation as blanks; the first that occurs at
/// the begin of a word decides, so the special stand before the general.
constexpr type_word words[] = {
    {"volunt", t::volunteer},
    {"benevol", t::volunteer},
    {"ehrenamt", t::volunteer},
    {"intern ", t::internship},
    {"interns", t::internship},
    {"internship", t::internship},
    {"stage", t::internship},
    {"stagiair", t::internship},
    {"praktik", t::internship},
    {"practicas", t::internship},
    {"becari", t::internship},
    {"apprenti", t::internship},
    {"alternance", t::internship},
    {"azubi", t::internship},
    {"ausbildung", t::internship},
    {"werkstudent", t::internship},
    {"working student", t::internship},
    {"trainee", t::internship},
    {"tirocinio", t::internship},
    {"estagi", t::internship},
    {"staz", t::internship},
    {"praktyk", t::internship},
    {"co op", t::internship},
    {"стажер", t::internship},
    {"实习", t::internship},
    {"實習", t::internship},
    {"インターン", t::internship},
    {"인턴", t::internship},
    {"part time", t::part_time},
    {"parttime", t::part_time},
    {"part ", t::part_time},
    {"teilzeit", t::part_time},
    {"temps partiel", t::part_time},
    {"tiempo parcial", t::part_time},
    {"media jornada", t::part_time},
    {"tempo parcial", t::part_time},
    {"meio periodo", t::part_time},
    {"tempo parziale", t::part_time},
    {"deeltijd", t::part_time},
    {"deltid", t::part_time},
    {"niepelny", t::part_time},
    {"minijob", t::part_time},
    {"兼职", t::part_time},
    {"兼職", t::part_time},
    {"パート", t::part_time},
    {"아르바이트", t::part_time},
    {"contract temp", t::contract},
    {"contract to hire", t::contract},
    {"fixed term", t::contract},
    {"contractor", t::contract},
    {"full time", t::full_time},
    {"fulltime", t::full_time},
    {"full ", t::full_time},
    {"vollzeit", t::full_time},
    {"festanstellung", t::full_time},
    {"unbefristet", t::full_time},
    {"temps plein", t::full_time},
    {"temps complet", t::full_time},
    {"cdi", t::full_time},
    {"tiempo completo", t::full_time},
    {"jornada completa", t::full_time},
    {"indefinido", t::full_time},
    {"tempo pieno", t::full_time},
    {"tempo indeterminato", t::full_time},
    {"tempo integral", t::full_time},
    {"periodo integral", t::full_time},
    {"clt", t::full_time},
    {"voltijd", t::full_time},
    {"heltid", t::full_time},
    {"pelny etat", t::full_time},
    {"umowa o prace", t::full_time},
    {"permanent", t::full_time},
    {"regular", t::full_time},
    {"全职", t::full_time},
    {"全職", t::full_time},
    {"正社員", t::full_time},
    {"정규직", t::full_time},
    {"полная", t::full_time},
    {"temporary", t::temporary},
    {"temp ", t::temporary},
    {"seasonal", t::temporary},
    {"zeitarbeit", t::temporary},
    {"interim", t::temporary},
    {"uitzend", t::temporary},
    {"臨時", t::temporary},
    {"临时", t::temporary},
    {"派遣", t::temporary},
    {"contract", t::contract},
    {"contrat ", t::contract},
    {"freelance", t::contract},
    {"freiberuf", t::contract},
    {"independent", t::contract},
    {"self employed", t::contract},
    {"cdd", t::contract},
    {"befristet", t::contract},
    {"contrato temporal", t::contract},
    {"temporal", t::contract},
    {"autonomo", t::contract},
    {"collaborazione", t::contract},
    {"partita iva", t::contract},
    {"determinato", t::contract},
    {"b2b", t::contract},
    {"zlecenie", t::contract},
    {"per diem", t::contract},
    {"契約", t::contract},
    {"合同", t::contract},
    {"계약", t::contract},
};

std::string spaced(std::string_view label) {
  auto folded = text::fold_ascii(label);
  for (auto& c : folded)
    if (static_cast<unsigned char>(c) < 0x80
        && std::string_view{"-_/,.()"}.find(c) != std::string_view::npos)
      c = ' ';
  return ' ' + text::collapse_space(folded) + ' ';
}

bool begins_word(std::string_view text, std::string_view word) {
  auto wide = static_cast<unsigned char>(word[0]) >= 0x80;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if (wide || at == 0 || text[at - 1] == ' ')
      return true;
  return false;
}

} // namespace

employment_type employment_of(std::string_view label) {
  // "FullTime" and "PartTime" are two words.
  std::string split;
  for (std::size_t i = 0; i < label.size(); ++i) {
    auto is_upper = label[i] >= 'A' && label[i] <= 'Z';
    if (is_upper && i > 0 && label[i - 1] >= 'a' && label[i - 1] <= 'z')
      split += ' ';
    split += label[i];
  }
  auto text = spaced(split);
  if (text.find("weekend") != text.npos)
    return employment_type::unknown;
  for (const auto& one : words)
    if (begins_word(text, one.word))
      return one.type;
  return employment_type::unknown;
}

employment_type employment_in_title(std::string_view title) {
  auto text = spaced(title);
  for (std::string_view word :
       {" intern ", " internship ", " praktikum ", " praktikant",
        " werkstudent", " stagiaire ", " working student "})
    if (text.find(word) != text.npos)
      return employment_type::internship;
  for (std::string_view word : {" part time ", " teilzeit "})
    if (text.find(word) != text.npos)
      return employment_type::part_time;
  for (std::string_view word : {" freelance ", " contractor "})
    if (text.find(word) != text.npos)
      return employment_type::contract;
  return employment_type::unknown;
}

} // namespace jobfarm::normalize
