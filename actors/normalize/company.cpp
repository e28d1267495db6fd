#include "actors/normalize/company.hpp"

#include "actors/text/entities.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace jobfarm::normalize {

namespace {

/// Legal forms, folded, dots gone, other punctuation as blanks. Longer ones
/// before those that they end in.
constexpr std::string_view forms[] = {"gmbh co kgaa",
                                      "gmbh co kg",
                                      "gmbh co",
                                      "ag co kg",
                                      "sa de cv",
                                      "s de rl de cv",
                                      "sapi de cv",
                                      "pvt ltd",
                                      "private limited",
                                      "pte ltd",
                                      "pty ltd",
                                      "sdn bhd",
                                      "co ltd",
                                      "sp z o o",
                                      "sp zoo",
                                      "spol s r o",
                                      "limited liability company",
                                      "incorporated",
                                      "corporation",
                                      "limited",
                                      "company",
                                      "holdings",
                                      "inc",
                                      "corp",
                                      "co",
                                      "llc",
                                      "llp",
                                      "lp",
                                      "ltd",
                                      "plc",
                                      "gmbh",
                                      "mbh",
                                      "ag",
                                      "kg",
                                      "kgaa",
                                      "ug",
                                      "se",
                                      "ohg",
                                      "ev",
                                      "bv",
                                      "nv",
                                      "vof",
                                      "sa",
                                      "sas",
                                      "sasu",
                                      "sarl",
                                      "eurl",
                                      "snc",
                                      "srl",
                                      "spa",
                                      "sl",
                                      "slu",
                                      "lda",
                                      "ltda",
                                      "eireli",
                                      "ab",
                                      "as",
                                      "asa",
                                      "aps",
                                      "oy",
                                      "oyj",
                                      "sro",
                                      "s r o",
                                      "a s",
                                      "zrt",
                                      "kft",
                                      "nyrt",
                                      "bt",
                                      "ood",
                                      "eood",
                                      "ad",
                                      "doo",
                                      "dd",
                                      "oü",
                                      "ou",
                                      "uab",
                                      "sia",
                                      "pjsc",
                                      "ojsc",
                                      "ooo",
                                      "zao",
                                      "oao",
                                      "jsc",
                                      "pt",
                                      "tbk",
                                      "bhd",
                                      "kk",
                                      "gk",
                                      "fzco",
                                      "fze",
                                      "dmcc",
                                      "wll",
                                      "sae",
                                      "as sti",
                                      "sti",
                                      "pvt",
                                      "pte",
                                      "pty",
                                      "cv",
                                      "ind",
                                      "intl",
                                      "sarl au"};

/// Forms written without blanks, before or behind the name.
constexpr std::string_view wide_forms[] = {
    "株式会社", "有限会社", "合同会社", "股份有限公司", "有限公司", "주식회사"};

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

bool drop_form(std::string& name) {
  for (auto form : forms) {
    auto size = form.size() + 1;
    if (name.size() > size
        && name.compare(name.size() - size, size, ' ' + std::string{form})
               == 0) {
      name.resize(name.size() - size);
      return true;
    }
  }
  for (auto form : wide_forms) {
    auto at = name.find(form);
    if (at != name.npos && name.size() > form.size()) {
      name.erase(at, form.size());
      return true;
    }
  }
  return false;
}

} // namespace

std::string clean_company(std::string_view name) {
  auto clean = text::collapse_space(text::nfc(text::decode_entities(name)));
  while (!clean.empty() && (clean.back() == ',' || clean.back() == '-'))
    clean.pop_back();
  return clean;
}

std::string normalize_company(std::string_view name) {
  auto key = bare(clean_company(name));
  constexpr int most_forms = 3;
  for (int i = 0; i < most_forms && drop_form(key); ++i) {
  }
  return text::collapse_space(key);
}

} // namespace jobfarm::normalize
