#include "actors/sources/jsonld_pay.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/text/utf8.hpp"

#include <charconv>
#include <utility>

namespace jobfarm::sources {

namespace {

constexpr std::string_view digits = "0123456789";
// MonetaryAmount.value -> QuantitativeValue.value -> a figure.
constexpr int max_nesting = 3;
constexpr std::size_t max_pays = 100;
// A longer word is no currency; each pay repeats the posting's.
constexpr std::size_t max_currency_bytes = 64;

/// True for what may stand beside an amount: nothing, a code, a symbol.
bool is_currency(std::string_view text) {
  if (text.empty())
    return true;
  if (text.size() > 8 || text.find_first_of("-+*/:,.") != npos)
    return false;
  bool is_symbol = contains(text, "$") || (text.front() & 0x80) != 0;
  bool is_code =
      text.size() == 3
      && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == npos;
  return is_symbol || is_code;
}

/// Position of the decimal mark, or `npos` where all separators group. Two
/// kinds of mark: the last is decimal. One kind: decimal unless it repeats or
/// three digits follow.
std::size_t find_decimal_mark(std::string_view figure) {
  auto last = figure.find_last_of(".,");
  if (last == npos)
    return npos;
  auto mark = figure[last];
  if (figure.find(mark == '.' ? ',' : '.') != npos)
    return last;
  bool groups = figure.find(mark) != last || figure.size() - last - 1 == 3;
  return groups ? npos : last;
}

/// "100k", "100k EUR"; "100KRW" and "100Kč" are none.
bool is_thousands(std::string_view behind) {
  return !behind.empty() && ascii_lower(behind[0]) == 'k'
         && (behind.size() == 1 || behind[1] == ' ');
}

std::optional<double> read_figure(std::string_view figure) {
  auto mark = find_decimal_mark(figure);
  std::string plain;
  for (std::size_t i = 0; i < figure.size(); ++i) {
    if (i == mark)
      plain += '.';
    else if (digits.find(figure[i]) != npos)
      plain += figure[i];
    else if (contains(",.' ", figure.substr(i, 1)))
      continue;
    else
      return std::nullopt;
  }
  double value = 0;
  auto end = plain.data() + plain.size();
  auto [read, error] = std::from_chars(plain.data(), end, value);
  if (error != std::errc{} || read != end)
    return std::nullopt;
  return value;
}

/// The code of a symbol that stands for one currency only.
std::string currency_code(std::string currency) {
  static constexpr std::pair<std::string_view, std::string_view> symbols[] = {
      {"€", "EUR"}, {"£", "GBP"}, {"₹", "INR"}, {"₽", "RUB"},
      {"₩", "KRW"}, {"₺", "TRY"}, {"₪", "ILS"}, {"zł", "PLN"}};
  for (auto [symbol, code] : symbols)
    if (currency == symbol)
      return std::string{code};
  return currency;
}

/// UN/CEFACT recommendation 20 codes, which Google's documentation shows.
std::string period_word(std::string unit) {
  static constexpr std::pair<std::string_view, std::string_view> codes[] = {
      {"HUR", "HOUR"},
      {"DAY", "DAY"},
      {"WEE", "WEEK"},
      {"MON", "MONTH"},
      {"ANN", "YEAR"}};
  for (auto [code, word] : codes)
    if (ascii_equal(unit, code))
      return std::string{word};
  return unit;
}

/// A figure, as a number or written out. Nothing for 0.
std::optional<double> read_bound(const jsonld_graph& graph, json_value node,
                                 std::string_view name, stated_pay& pay) {
  for (auto value : graph.all(node, name)) {
    auto number = number_of(value);
    if (auto amount = number ? std::nullopt : read_amount(text_of(value))) {
      number = amount->value;
      set_once(pay.currency, amount->currency);
    }
    if (number && *number > 0)
      return number;
  }
  return std::nullopt;
}

void read_node(const jsonld_graph& graph, json_value value, int nesting,
               stated_pay& pay);

/// The one figure or the words of a value that is no object.
void read_scalar(json_value value, stated_pay& pay) {
  auto number = number_of(value);
  auto words = text::collapse_space(text_of(value));
  if (auto amount = number ? std::nullopt : read_amount(words)) {
    number = amount->value;
    set_once(pay.currency, amount->currency);
  }
  if (!number)
    set_once(pay.text, words);
  else if (*number > 0 && !pay.min && !pay.max)
    pay.min = pay.max = number;
}

void read_object(const jsonld_graph& graph, json_value node, int nesting,
                 stated_pay& pay) {
  set_once(pay.currency, graph.text(node, "currency"));
  set_once(pay.currency, graph.text(node, "priceCurrency"));
  set_once(pay.period, graph.text(node, "unitText"));
  set_once(pay.period, graph.text(node, "unitCode"));
  // MonetaryAmount and QuantitativeValue, then PriceSpecification.
  for (auto name : {"minValue", "minPrice"})
    if (!pay.min)
      pay.min = read_bound(graph, node, name, pay);
  for (auto name : {"maxValue", "maxPrice"})
    if (!pay.max)
      pay.max = read_bound(graph, node, name, pay);
  for (auto name : {"value", "price"})
    for (auto inner : graph.all(node, name))
      read_node(graph, inner, nesting + 1, pay);
}

void read_node(const jsonld_graph& graph, json_value value, int nesting,
               stated_pay& pay) {
  if (nesting > max_nesting)
    return;
  if (value.type() == simdjson::dom::element_type::OBJECT)
    read_object(graph, value, nesting, pay);
  else
    read_scalar(value, pay);
}

} // namespace

std::optional<written_amount> read_amount(std::string_view text) {
  text = ascii_trim(text);
  auto first = text.find_first_of(digits);
  auto last = text.find_last_of(digits);
  if (first == npos)
    return std::nullopt;
  auto before = ascii_trim(text.substr(0, first));
  auto after = ascii_trim(text.substr(last + 1));
  auto value = read_figure(text.substr(first, last + 1 - first));
  if (value && is_thousands(text.substr(last + 1))) {
    constexpr double thousand = 1000;
    *value *= thousand;
    after = ascii_trim(after.substr(1));
  }
  if (!value || !is_currency(before) || !is_currency(after))
    return std::nullopt;
  return written_amount{*value, std::string{before.empty() ? after : before}};
}

std::vector<stated_pay> read_pay(const jsonld_graph& graph, json_value posting,
                                 std::string_view name) {
  std::vector<stated_pay> stated;
  auto currency = graph.text(posting, "salaryCurrency");
  if (currency.size() > max_currency_bytes)
    currency.clear();
  for (auto value : graph.all(posting, name)) {
    if (stated.size() == max_pays)
      break;
    stated_pay pay;
    read_node(graph, value, 0, pay);
    set_once(pay.currency, currency);
    pay.currency = currency_code(text::collapse_space(pay.currency));
    pay.period = period_word(text::collapse_space(pay.period));
    if (pay.min || pay.max || !pay.text.empty())
      stated.push_back(std::move(pay));
  }
  return stated;
}

} // namespace jobfarm::sources
