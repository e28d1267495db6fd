#include "actors/normalize/fx.hpp"
#include "actors/normalize/money.hpp"
#include "actors/normalize/pay_period.hpp"
#include "actors/normalize/salary.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

/// Words that a sentence about pay has, folded without diacritics.
constexpr std::string_view cues[] = {
    "salary",        "salaries",      "compensation",
    "pay range",     "pay rate",      "pay:",
    "base pay",      "pay scale",     "wage",
    "remuneration",  "earn",          "ote",
    "hourly rate",   "hourly pay",    "rate:",
    "base range",    "starting pay",  "pay is",
    "pay for",       "pay band",      "base salary",
    "ctc",           "lpa",           "gehalt",
    "vergutung",     "verdienst",     "salaire",
    "remuneration",  "sueldo",        "salario",
    "salarial",      "retribuzione",  "stipendio",
    " ral",          "salaris",       "brutto",
    "bruto",         "wynagrodzeni",  "zarobki",
    "stawka",        "mzda",          "plat:",
    "fizetes",       "ber:",          "salariu",
    "заплат",        "зарплат",       "lon:",
    "lonn",          "palkka",        "maas",
    "年薪",          "月薪",          "薪",
    "給与",          "年収",          "月給",
    "연봉",          "pay range per", "gross",
    "entlohnung",    "compensacion",  "pay is between",
    "offer between", "paying",        "the range for this",
    "base of"};

/// Money that is not pay, shortly before the amount.
constexpr std::string_view traps_before[] = {
    "bonus of",    "bonus up to",  "bonus:",    "stipend",     "allowance",
    "budget",      "raised",       "funding",   "revenue",     "valuation",
    "valued",      "401",          "reimburs",  "donat",       "saving",
    "deal",        "assets",       "referral",  "sign-on",     "signing",
    "worth",       "turnover",     "grant",     "transport",   "insurance",
    "discount",    "voucher",      "portfolio", "generat",     "invest",
    "backed",      "contribution", "match",     "per diem",    "fund",
    "quota",       "pipeline",     "arr of",    "sales of",    "profit",
    "contracts",   "spend",        "equity",    "shares",      "rsu",
    "managing",    "clients",      "customers", "serving",     "commission",
    "cover up to", "fee",          "cost",      "loan",        "lunch",
    "wellness",    "learning",     "education", "home office", "gym",
    "sports pass", "award",        "prize",     "relocation",  "credit"};

/// And right after it.
constexpr std::string_view traps_after[] = {"bonus",
                                            "sign-on",
                                            "sign on",
                                            "signing",
                                            "referral",
                                            "stipend",
                                            "allowance",
                                            "budget",
                                            "in revenue",
                                            "revenue",
                                            "in funding",
                                            "funding",
                                            "in assets",
                                            "arr",
                                            "annual revenue",
                                            "valuation",
                                            "company",
                                            "fund",
                                            "towards",
                                            "reimburse",
                                            "per diem",
                                            "monthly allowance",
                                            "in sales",
                                            "market",
                                            "gift",
                                            "voucher",
                                            "credit",
                                            "million in",
                                            "user",
                                            "customer",
                                            "employee",
                                            "in equity",
                                            "life insurance",
                                            "relocation",
                                            "in annual",
                                            "industry",
                                            "business",
                                            "a month towards",
                                            "per year towards",
                                            "learning"};

bool contains_any(std::string_view text, const std::string_view* first,
                  const std::string_view* last) {
  return std::any_of(first, last, [&](std::string_view word) {
    return text.find(word) != text.npos;
  });
}

template <std::size_t N>
bool contains_any(std::string_view text, const std::string_view (&words)[N]) {
  return contains_any(text, std::begin(words), std::end(words));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()
         && std::string_view{" +,;(*"}.find(text.front()) != text.npos)
    text.remove_prefix(1);
  return text;
}

/// What may stand between the two amounts of a range.
bool joins_range(std::string_view between) {
  std::string folded = text::fold_ascii(between);
  std::string kept;
  for (char c : folded)
    if (c != ' ')
      kept += c;
  for (std::string_view join : {"-",
                                "--",
                                "\xE2\x80\x93",
                                "\xE2\x80\x94",
                                "\xE2\x88\x92",
                                "~",
                                "to",
                                "and",
                                "bis",
                                "a",
                                "al",
                                "do",
                                "ate",
                                "hasta",
                                "y",
                                "e",
                                "und",
                                "et",
                                "tot",
                                "til",
                                "till",
                                "till",
                                "\xE2\x80\x90",
                                "\xE2\x80\x91",
                                "az",
                                "\xE8\x87\xB3",
                                "\xE3\x80\x9C",
                                "\xEF\xBD\x9E",
                                "\xE2\x80\xA6",
                                "..."})
    if (kept == join)
      return true;
  return false;
}

/// A line of text with its amounts.
class pay_line {
public:
  pay_line(std::string_view line, std::string_view heading,
           std::string_view country, bool needs_cue)
      : line_(line),
        folded_(text::fold_ascii(line)),
        heading_(text::fold_ascii(heading)),
        needs_cue_(needs_cue),
        amounts_(find_money(line, country)) {
  }

  void read(std::vector<salary_finding>& out) {
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
      auto has_second = i + 1 < amounts_.size() && is_range(i);
      auto last = i + (has_second ? 1 : 0);
      if (auto found = finding(i, last))
        out.push_back(*std::move(found));
      i = last;
    }
  }

private:
  bool is_range(std::size_t i) const {
    const auto& a = amounts_[i];
    const auto& b = amounts_[i + 1];
    if (b.begin < a.end || !joins_range(line_.substr(a.end, b.begin - a.end)))
      return false;
    return a.currency.empty() || b.currency.empty() || a.currency == b.currency
           || a.is_currency_inferred || b.is_currency_inferred;
  }

  std::string_view before(std::size_t at, std::size_t reach) const {
    auto from = at > reach ? at - reach : 0;
    auto text = std::string_view{folded_}.substr(from, at - from);
    if (auto stop = text.find_last_of(";!?"); stop != text.npos)
      text.remove_prefix(stop + 1);
    return text;
  }

  std::string_view after(std::size_t at, std::size_t reach) const {
    return std::string_view{folded_}.substr(std::min(at, folded_.size()),
                                            reach);
  }

  /// Positions in `line_` as positions in the folded text: folding may change
  /// lengths, so the tail is measured from the end.
  std::size_t folded_at(std::size_t at) const {
    if (folded_.size() == line_.size())
      return at;
    return std::min(folded_.size(),
                    text::fold_ascii(line_.substr(0, at)).size());
  }

  bool is_trap(std::size_t begin, std::size_t end) const {
    auto ahead = trimmed(after(end, 40));
    auto added = after(end, 12).find('+') != std::string_view::npos
                 || after(end, 12).find("plus") != std::string_view::npos;
    if (!added)
      for (auto word : traps_after)
        if (ahead.substr(0, word.size()) == word)
          return true;
    auto near = before(begin, 34);
    // A word of pay closer to the amount than the trap makes it pay.
    auto cue = std::string_view::npos;
    for (auto word : cues)
      if (auto at = near.rfind(word); at != near.npos)
        cue = cue == near.npos ? at : std::max(cue, at);
    for (auto word : traps_before)
      if (auto at = near.rfind(word);
          at != near.npos && (cue == near.npos || at > cue))
        return true;
    return false;
  }

  bool is_net(std::size_t begin, std::size_t end) const {
    auto around =
        std::string{before(begin, 40)} + ' ' + std::string{after(end, 30)};
    for (std::string_view gross : {"gross", "brut", "b2b"})
      if (around.find(gross) != around.npos)
        return false;
    for (std::string_view net : {" net ", "netto", " nett ", "na reke",
                                 "net de", "net per", "net/", "neto "})
      if (around.find(net) != around.npos)
        return true;
    return false;
  }

  bool has_cue(std::size_t begin, std::size_t end) const {
    if (!needs_cue_)
      return true;
    auto near =
        std::string{before(begin, 160)} + '\n' + std::string{after(end, 60)};
    return contains_any(near, cues) || contains_any(heading_, cues);
  }

  std::optional<salary_finding> finding(std::size_t i, std::size_t last) const {
    const auto& a = amounts_[i];
    const auto& b = amounts_[last];
    auto is_range = last > i;
    auto begin = folded_at(a.begin);
    auto end = folded_at(b.end);
    salary_finding found;
    auto currency = a.currency.empty() ? b.currency : a.currency;
    if (a.is_currency_inferred && !b.currency.empty()
        && !b.is_currency_inferred)
      currency = b.currency;
    if (currency.empty() && (needs_cue_ || (a.factor == 1 && !is_range)))
      return std::nullopt;
    if (!has_cue(begin, end) && !states_rate(begin, end, is_range))
      return std::nullopt;
    if (is_trap(begin, end) || is_net(begin, end))
      return std::nullopt;
    found.range.currency = currency;
    found.is_currency_inferred =
        a.is_currency_inferred
        && (b.is_currency_inferred || b.currency.empty());
    read_amounts(a, b, is_range, begin, end, found.range);
    read_period(begin, end, found);
    found.text = line_.substr(a.begin, b.end - a.begin);
    found.confidence = is_range ? 0.9 : 0.75;
    return found;
  }

  /// "$50 - $60 per hour" is pay without any other word.
  bool states_rate(std::size_t begin, std::size_t end, bool is_range) const {
    (void)begin;
    auto period = find_pay_period(after(end, 16));
    return is_range && period && period->at <= 6;
  }

  void read_amounts(const money& a, const money& b, bool is_range,
                    std::size_t begin, std::size_t end,
                    pay_range& range) const {
    auto low = a.amount;
    auto high = b.amount;
    // "130-160K": the factor binds both ends.
    if (is_range && a.factor == 1 && b.factor > 1 && low < high / b.factor * 10
        && low * b.factor <= high * 1.0001)
      low *= b.factor;
    range.min = low;
    range.max = high;
    if (is_range)
      return;
    auto near = before(begin, 16);
    auto next = trimmed(after(end, 12));
    auto ends_with = [&](std::string_view word) {
      auto text = near;
      while (!text.empty() && (text.back() == ' ' || text.back() == ':'))
        text.remove_suffix(1);
      return text.size() >= word.size()
             && text.substr(text.size() - word.size()) == word;
    };
    for (std::string_view word :
         {"up to", "bis zu", "bis", "jusqu'a", "hasta", "fino a", "tot", "do",
          "maximum", "max", "upto", "ate", "до"})
      if (ends_with(word)) {
        range.min.reset();
        return;
      }
    for (std::string_view word :
         {"from", "ab", "a partir de", "desde", "od", "starting at", "minimum",
          "min", "at least", "no less than", "starts at", "vanaf", "fra", "da",
          "от"})
      if (ends_with(word)) {
        range.max.reset();
        return;
      }
    if (after(end, 1) == "+" && next.substr(0, 5) != "bonus"
        && after(end, 2) != "+ ")
      range.max.reset();
  }

  void read_period(std::size_t begin, std::size_t end,
                   salary_finding& found) const {
    constexpr std::size_t reach_after = 40;
    constexpr std::size_t reach_before = 60;
    auto& range = found.range;
    if (auto next = find_pay_period(std::string{after(end, reach_after)} + ' '))
      range.period = next->period;
    else if (auto prior = find_pay_period(before(begin, reach_before)))
      range.period = prior->period;
    else if (auto inside = find_pay_period(
                 std::string_view{folded_}.substr(begin, end - begin)))
      range.period = inside->period;
    else
      found.is_period_inferred = true;
    if (found.is_period_inferred)
      range.period = customary_period(
          range.min.value_or(*(range.max ? range.max : range.min)),
          range.currency);
  }

  std::string_view line_;
  std::string folded_;
  std::string heading_;
  bool needs_cue_;
  std::vector<money> amounts_;
};

bool has_digit(std::string_view line) {
  return std::any_of(line.begin(), line.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::vector<salary_finding> salaries_in_text(std::string_view text,
                                             std::string_view country,
                                             bool needs_cue) {
  constexpr std::size_t longest_line = 4000;
  std::vector<salary_finding> found;
  std::string_view heading;
  while (!text.empty()) {
    auto end = std::min({text.find('\n'), text.size(), longest_line});
    auto line = text.substr(0, end);
    if (has_digit(line))
      pay_line(line, heading, country, needs_cue).read(found);
    if (!line.empty())
      heading = line.size() <= 80 ? line : std::string_view{};
    text.remove_prefix(
        std::min(end + (end < text.size() && text[end] == '\n'), text.size()));
  }
  return found;
}

} // namespace jobfarm::normalize
