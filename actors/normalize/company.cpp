#include "actors/normalize/company.hpp"

#include "actors/text/entities.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <unordered_set>

namespace jobfarm::normalize {

namespace {

/// Legal forms, folded, dots gone, other punctuation as blanks. By the forms
/// that company registers of these countries know (GLEIF's list of entity legal
/// forms, ISO 20275, names them).
constexpr std::string_view forms =
    // US, CA, GB, IE, AU, NZ, ZA, IN, SG, MY, HK, PH, NG, KE
    "inc|incorporated|corp|corporation|co|company|llc|l l c|llp|lllp|lp|pllc|"
    "pc|ltd|limited|plc|cic|dac|ulc|limited liability company|"
    "limited liability partnership|limited partnership|co ltd|co limited|"
    "company limited|public limited company|proprietary limited|pty|pty ltd|"
    "pty limited|proprietary ltd|pvt|pvt ltd|pvt limited|private limited|"
    "private ltd|p ltd|p limited|opc|pte|pte ltd|pte limited|sdn bhd|bhd|"
    "unlimited company|ltee|ltée|limitee|incorporee|enr|holdings|holding|"
    "npc|rf npc|soc ltd|clg|llc fz|"
    // DE, AT, CH, LI
    "gmbh|mbh|ggmbh|ag|kg|kgaa|ug|ohg|ev|e v|eg|e g|gbr|ek|e k|se|se co kg|"
    "se co kgaa|gmbh co kg|gmbh co kgaa|gmbh co ohg|gmbh co|ag co kg|"
    "ag co kgaa|ug haftungsbeschrankt|haftungsbeschrankt|gesmbh|ges mbh|"
    "stiftung co kg|mbh co kg|aktiengesellschaft|"
    "gesellschaft mit beschrankter haftung|"
    // NL, BE, LU
    "bv|b v|nv|n v|vof|cvba|bvba|cv|sca|scs|srl|sprl|asbl|vzw|sarl s|sarl|"
    "secs|comm v|sa rl|"
    // FR, MC, MA, TN, DZ, SN
    "sa|s a|sas|s a s|sasu|eurl|snc|sci|scop|sarl au|spa|"
    // ES, MX, AR, CO, CL, PE, UY, CR, EC
    "sl|s l|slu|s l u|sll|sau|s a u|s coop|sociedad limitada|"
    "sociedad anonima|sa de cv|s a de c v|s de rl de cv|s de r l de c v|"
    "sapi de cv|s a p i de c v|s de rl|sab de cv|s a b de c v|eirl|e i r l|"
    "sac|s a c|saa|spa chile|sa s|cia ltda|s r l|"
    // PT, BR
    "lda|unipessoal lda|ltda|eireli|s a r l|sgps sa|sgps|"
    // IT, SM
    "s p a|srls|s r l s|sapa|sas di|scarl|s c a r l|societa per azioni|"
    // SE, NO, DK, FI, IS
    "ab|publ|ab publ|aktiebolag|hb|kb|as|asa|a s|ans|aps|i s|k s|p "
    "s|ivs|oy|oyj|oy ab|"
    "ky|hf|ehf|ohf|"
    // PL, CZ, SK, HU, RO, BG
    "spk|spj|sp z o o|sp zoo|spzoo|sp z oo|sp k|sp j|sp z o o sp k|spolka "
    "akcyjna|"
    "spolka z o o|spolka z ograniczona odpowiedzialnoscia|psa|sro|s r o|"
    "spol s r o|spol s ro|s ro|vos|v o "
    "s|ks|zrt|nyrt|kft|bt|kkt|pfa|ood|eood|ad|ead|"
    // SI, HR, RS, BA, ME, MK, AL
    "doo|d o o|dd|d d|jdoo|j d o o|dooel|shpk|sh p k|"
    // EE, LV, LT
    "ou|oü|as ee|uab|ab lt|sia|"
    // RU, UA, BY, KZ
    "ooo|zao|oao|pao|ao|pjsc|ojsc|cjsc|jsc|tov|too|llp kz|ооо|зао|оао|пао|ао|"
    "тов|тоо|ип|"
    // GR, CY, TR, IL
    "ae|epe|ike|a e|e p e|ανωνυμη εταιρεια|as tr|a s tr|ltd sti|sti|"
    "anonim sirketi|limited sirketi|san ve tic as|san ve tic ltd sti|baam|"
    "בעמ|בע מ|בע\"מ|"
    // AE, SA, QA, KW, EG
    "fzco|fze|fz llc|fzllc|dmcc|difc|wll|w l l|sae|s a e|sao|saog|ksc|kscp|"
    "qsc|bsc|sal|"
    // JP, KR, CN, TW, HK, TH, VN, ID
    "kk|k k|gk|g k|kabushiki kaisha|godo kaisha|co jp|yk|"
    "joint stock company|jsc vn|pt|tbk|persero|pcl|public company limited|"
    "bhd berhad|berhad";

/// Words of a form that stand before the name: "PT Telkom", "OOO Yandex".
constexpr std::string_view leading =
    "pt|ooo|zao|oao|pao|ao|ооо|зао|оао|пао|ао|тов|тоо|cv|uab|sia|ad|as|"
    "firma|kk|the";

/// Forms of several words before the name, with the blank behind them.
constexpr std::string_view leading_phrases[] = {
    "cong ty tnhh mtv ", "cong ty tnhh ", "cong ty co phan ",
    "cong ty cp ",       "tap doan ",     "spolka akcyjna "};

/// Marks that belong to no name.
constexpr std::string_view ornaments[] = {
    "®", "™", "℠", "©", "«", "»", "“", "”", "„", "‟", "「", "」", "『", "』"};

/// Forms written without blanks, before or behind the name.
constexpr std::string_view wide_forms[] = {
    "株式会社", "有限会社", "合同会社",     "合資会社",     "㈱",
    "(株)",     "（株）",   "股份有限公司", "有限责任公司", "有限責任公司",
    "有限公司", "集团公司", "주식회사",     "유한회사",     "(주)",
    "㈜",       "บริษัท",     "จำกัด"};

constexpr std::size_t most_words = 6;

using word_set = std::unordered_set<std::string_view>;

word_set made_set(std::string_view list) {
  word_set made;
  while (!list.empty()) {
    auto end = std::min(list.find('|'), list.size());
    made.insert(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return made;
}

std::string bare(std::string_view name) {
  auto folded = text::fold_ascii(name);
  std::string out;
  for (char c : folded) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      out += c;
    else if (c != '.' && c != '\'' && !out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ')
    out.pop_back();
  return out;
}

/// Drops the longest form that the name ends in, but not the whole name.
bool drop_form(std::string& name) {
  static const auto all = made_set(forms);
  std::size_t begins[most_words];
  std::size_t count = 0;
  for (auto at = name.size(); count < most_words && at > 0;) {
    auto blank = name.rfind(' ', at - 1);
    if (blank == std::string::npos)
      break;
    begins[count++] = blank;
    at = blank;
  }
  while (count > 0) {
    auto begin = begins[--count];
    if (all.count(std::string_view{name}.substr(begin + 1)) == 0)
      continue;
    name.resize(begin);
    return true;
  }
  return false;
}

/// Drops a form before the name, if two words of name are left or one long.
bool drop_leading(std::string& name) {
  for (auto phrase : leading_phrases)
    if (name.rfind(phrase, 0) == 0 && name.size() > phrase.size()) {
      name.erase(0, phrase.size());
      return true;
    }
  static const auto all = made_set(leading);
  auto blank = name.find(' ');
  constexpr std::size_t least_name = 3;
  if (blank == std::string::npos || name.size() - blank <= least_name
      || all.count(std::string_view{name}.substr(0, blank)) == 0)
    return false;
  name.erase(0, blank + 1);
  return true;
}

void drop_wide_forms(std::string& name) {
  if (std::all_of(name.begin(), name.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return;
  auto drop = [&](std::string_view part) {
    auto at = name.find(part);
    if (at != name.npos && name.size() > part.size())
      name.replace(at, part.size(), " ");
  };
  for (auto one : ornaments)
    drop(one);
  for (auto form : wide_forms)
    drop(form);
}

/// "Acme Inc. (NYSE: ACM)".
void drop_ticker(std::string& name) {
  auto open = name.rfind(" (");
  if (open != name.npos && open > 0 && name.back() == ')'
      && name.find(':', open) != name.npos)
    name.resize(open);
}

} // namespace

std::string clean_company(std::string_view name) {
  auto clean = text::collapse_space(text::nfc(text::decode_entities(name)));
  while (!clean.empty() && (clean.back() == ',' || clean.back() == '-'))
    clean.pop_back();
  return clean;
}

std::string normalize_company(std::string_view name) {
  auto clean = clean_company(name);
  drop_ticker(clean);
  drop_wide_forms(clean);
  auto key = bare(clean);
  if (key.empty())
    return text::nfc(bare(clean_company(name)));
  constexpr int most_forms = 4;
  for (int i = 0; i < most_forms && drop_form(key); ++i) {
  }
  drop_leading(key);
  return text::nfc(text::collapse_space(key));
}

/// Of a name in ASCII all that is done is to fold it and to cut off its ends.
bool may_be_company(std::string_view name, std::string_view company) {
  auto is_plain = std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && c != '&';
  });
  return !is_plain
         || (company.size() <= name.size()
             && bare(name).find(company) != std::string::npos);
}

} // namespace jobfarm::normalize
