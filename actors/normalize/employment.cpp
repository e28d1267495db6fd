#include "actors/normalize/employment.hpp"

#include "actors/normalize/piece_filter.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::normalize {

namespace {

using t = employment_type;

/// Words between `|`, folded when they are compared, punctuation as blanks; the
/// first that occurs at the begin of a word decides, so the special stand
/// before the general.
constexpr text::phrase_group<t> words[] = {
    {t::volunteer,
     "volunt|benevol|ehrenamt|voluntari|wolontar|frivillig|vrijwillig|"
     "добровол|волонт|ボランティア|志愿|봉사"},
    {t::internship,
     "intern |interns|internship|beca "
     "|aprendiz|stage|stagiair|praktik|practicas|becari|"
     "apprenti|alternance|azubi|ausbildung|werkstudent|working student|"
     "trainee|tirocinio|estagi|staz|praktyk|co "
     "op|стажер|实习|實習|インターン|인턴|"
     "bolsista|becas|stajyer|harjoittelu|gyakorno|stagiu|praksa|стажир|수습|"
     "пракса|praxe student|thuc tap|magang|ฝึกงาน|πρακτικη|התמחות|تدريب"},
    {t::part_time,
     "part time|parttime|part |pt |medio tiempo|zero hour|separuh "
     "masa|teilzeit|temps partiel|tiempo parcial|"
     "media jornada|tempo parcial|meio periodo|tempo parziale|deeltijd|"
     "deltid|niepelny|minijob|兼职|兼職|パート|아르바이트|temps reduit|czesc "
     "etatu|"
     "1/2 etatu|osa aika|zkraceny uvazek|castecny uvazek|skrateny uvazok|"
     "reszmunka|norma partiala|jumatate de "
     "norma|частичн|неполн|アルバイト|バイト|"
     "시간제|파트타임|yari zaman|kismi|ban thoi gian|paruh "
     "waktu|งานพาร์ทไทม|μερικη|"
     "חלקית|دوام جزئي|geringfugig|mini job|450 euro|520 euro|непълн"},
    {t::contract,
     "contract temp|contract to hire|fixed term|contractor|1099|c2c|"
     "corp to corp"},
    {t::full_time,
     "full time|fulltime|full |ft |direct hire|sepenuh "
     "masa|正職|vollzeit|festanstellung|unbefristet|"
     "temps plein|temps complet|cdi|tiempo completo|jornada completa|"
     "indefinido|tempo pieno|tempo indeterminato|tempo integral|"
     "periodo integral|clt|voltijd|heltid|pelny etat|umowa o prace|permanent|"
     "regular|全职|全職|正社員|정규직|полная|ganztags|indeterminee|contrato "
     "indefinido|"
     "kokoaika|kokopaiva|plny uvazek|plny pracovni|plny uvazok|teljes munka|"
     "norma intreaga|полный|пълн|повна|tillsvidare|"
     "fast anstallning|fast stilling|vast contract|vaste baan|정규|풀타임|"
     "tam zaman|toan thoi gian|penuh waktu|งานประจ|πληρης|משרה מלאה|"
     "دوام كامل|常勤|fuldtid|tiempo indefinido|jornada integral|efetivo"},
    {t::temporary,
     "temporary|temp |locum|bank staff|bank "
     "nurse|brigada|seasonal|zeitarbeit|interim|uitzend|臨時|临时|派遣|"
     "temporari|"
     "vikariat|vikar|maaraaika|donemsel|gecici|sezon|saison|временн|сезон|"
     "avtal visstid|visstid|tijdelijk|określony|na czas okreslony|doba urcita"},
    {t::contract,
     "contract|contrat |ftc |freelance|freiberuf|independent|self employed|cdd|"
     "befristet|contrato temporal|temporal|autonomo|collaborazione|"
     "partita iva|determinato|b2b|zlecenie|per diem|契約|合同|계약|independant|"
     "indépendant|prestador|pessoa juridica|pj "
     "|проект|подряд|業務委託|フリーランス|"
     "프리랜서|外包|freie mitarbeit|honorar|konsult|sozlesmeli|kontrakt|"
     "umowa o dzielo|vrijberoep|zzp|freelancer|tempo determinato"},
};

/// What titles say beside the role, in words that name no role: a "contract
/// administrator" may be employed for good.
constexpr text::phrase_group<t> title_words[] = {
    {t::internship, "intern|internship|praktikum|praktikant*|werkstudent*|"
                    "stagiaire|working student"},
    {t::part_time, "part time|parttime|teilzeit|temps partiel|medio tiempo|"
                   "tiempo parcial|deeltijd|deltid"},
    {t::full_time, "full time|fulltime|vollzeit|temps plein|tiempo completo|"
                   "voltijd|heltid"},
    {t::contract, "freelance|freelancer|contractor|month contract|"
                  "months contract|year contract|contract to hire|"
                  "contract role|contract position|fixed term|ftc|"
                  "maternity cover|befristet|cdd|independent contractor"},
    {t::temporary, "temp to perm|temp to hire|temporary|seasonal"},
};

constexpr std::string_view volunteer = " volunteer ";

/// Most titles say nothing of it.
bool may_say_type(std::string_view title) {
  static const auto filter = [] {
    std::vector<std::string_view> all{volunteer};
    for (const auto& group : title_words)
      text::for_each_phrase(group.phrases,
                            [&](auto phrase) { all.push_back(phrase); });
    return piece_filter(all);
  }();
  return filter.may_hold(title);
}

/// "Volunteer Tutor", but not those who are paid to look after volunteers.
bool is_volunteer(std::string_view spaced_title) {
  if (spaced_title.substr(0, volunteer.size()) != volunteer)
    return false;
  static const text::phrase_table<int> staff({text::phrase_group<int>{
      0, "coordinator|manager|management|engagement|services|program|programs|"
         "recruiter|recruitment|director|lead|officer|administrator|"
         "relations|experience|specialist"}});
  auto has_staff = false;
  staff.scanner().scan(spaced_title,
                       [&](const text::phrase_hit&) { has_staff = true; });
  return !has_staff;
}

bool is_label_mark(char c) {
  switch (c) {
    case '-':
    case '_':
    case '/':
    case ',':
    case '.':
    case '(':
    case ')': return true;
    default: return false;
  }
}

std::string spaced(std::string_view label) {
  auto folded = text::fold_ascii(label);
  std::replace_if(folded.begin(), folded.end(), is_label_mark, ' ');
  return ' ' + text::collapse_space(folded) + ' ';
}

/// All words, each as the begin of a word, in their order.
class label_words {
public:
  label_words() {
    for (const auto& group : words)
      text::for_each_phrase(group.phrases, [&](std::string_view word) {
        begins_.push_back(std::string{word} + '*');
        types_.push_back(group.kind);
      });
    scanner_.emplace(
        std::vector<std::string_view>(begins_.begin(), begins_.end()));
  }

  /// The type of the first word of the list that `text` holds.
  employment_type first_in(std::string_view text) const {
    auto first = types_.size();
    scanner_->scan(text, [&](const text::phrase_hit& one) {
      first = std::min(first, one.phrase);
    });
    return first < types_.size() ? types_[first] : employment_type::unknown;
  }

private:
  std::vector<std::string> begins_;
  std::vector<employment_type> types_;
  std::optional<text::phrase_scanner> scanner_;
};

} // namespace

employment_type employment_of(std::string_view label) {
  if (label.empty())
    return employment_type::unknown;
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
  static const label_words all;
  return all.first_in(text);
}

employment_type employment_in_title(std::string_view title) {
  if (!may_say_type(title))
    return t::unknown;
  static const text::phrase_table<t> said(title_words);
  auto found = t::unknown;
  auto is_split = false;
  auto text = spaced(title);
  if (is_volunteer(text))
    return t::volunteer;
  said.scanner().scan(std::string_view{text}, [&](const text::phrase_hit& one) {
    auto kind = said.kind(one);
    // "Full-time or part-time" is either.
    is_split = is_split || (found == t::full_time && kind == t::part_time)
               || (found == t::part_time && kind == t::full_time);
    if (found == t::unknown || kind == t::internship)
      found = kind;
  });
  return is_split ? t::unknown : found;
}

} // namespace jobfarm::normalize
