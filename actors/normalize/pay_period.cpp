#include "actors/normalize/pay_period.hpp"

#include "actors/normalize/fx.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <string>

namespace jobfarm::normalize {

namespace {

struct period_word {
  std::string_view word;
  std::string_view period;
};

/// What states a period in running text, folded without diacritics. Longer
/// words stand before those that they hold.
constexpr period_word mentions[] = {
    {"per hour", "hour"},     {"an hour", "hour"},
    {"hourly", "hour"},       {"/hour", "hour"},
    {"/hr", "hour"},          {"/ hour", "hour"},
    {"/ hr", "hour"},         {"per hr", "hour"},
    {"/h ", "hour"},          {"p/h", "hour"},
    {"pro stunde", "hour"},   {"/stunde", "hour"},
    {"stundenlohn", "hour"},  {"par heure", "hour"},
    {"/heure", "hour"},       {"/heu", "hour"},
    {"por hora", "hour"},     {"/hora", "hour"},
    {"all'ora", "hour"},      {"per uur", "hour"},
    {"/uur", "hour"},         {"za godzine", "hour"},
    {"/godz", "hour"},        {"na godzine", "hour"},
    {"/hod", "hour"},         {"i timen", "hour"},
    {"per time", "hour"},     {"时薪", "hour"},
    {"時給", "hour"},         {"/小时", "hour"},
    {"시급", "hour"},         {"per day", "day"},
    {"a day", "day"},         {"/day", "day"},
    {"/ day", "day"},         {"daily", "day"},
    {"per diem rate", "day"}, {"pro tag", "day"},
    {"/tag", "day"},          {"par jour", "day"},
    {"/jour", "day"},         {"por dia", "day"},
    {"日薪", "day"},          {"日給", "day"},
    {"per week", "week"},     {"a week", "week"},
    {"/week", "week"},        {"/wk", "week"},
    {"weekly", "week"},       {"pro woche", "week"},
    {"par semaine", "week"},  {"por semana", "week"},
    {"per month", "month"},   {"a month", "month"},
    {"/month", "month"},      {"/ month", "month"},
    {"/mo", "month"},         {"monthly", "month"},
    {"pcm", "month"},         {"p.m.", "month"},
    {"pro monat", "month"},   {"/monat", "month"},
    {"monatlich", "month"},   {"monatsgehalt", "month"},
    {"im monat", "month"},    {"par mois", "month"},
    {"/mois", "month"},       {"mensuel", "month"},
    {"al mes", "month"},      {"/mes", "month"},
    {"por mes", "month"},     {"ao mes", "month"},
    {"mensual", "month"},     {"mensais", "month"},
    {"mensal", "month"},      {"mensile", "month"},
    {"al mese", "month"},     {"per maand", "month"},
    {"/maand", "month"},      {"bruto per maand", "month"},
    {"miesiecznie", "month"}, {"/mies", "month"},
    {"/ mies", "month"},      {"miesieczne", "month"},
    {"mies.", "month"},       {"mesicne", "month"},
    {"/mesic", "month"},      {"mesacne", "month"},
    {"havi ", "month"},       {"havonta", "month"},
    {"/ho", "month"},         {"lunar", "month"},
    {"pe luna", "month"},     {"/luna", "month"},
    {"месеч", "month"},       {"в месяц", "month"},
    {"/мес", "month"},        {"на мiсяць", "month"},
    {"i manaden", "month"},   {"per manad", "month"},
    {"/man", "month"},        {"per maned", "month"},
    {"kuukaudessa", "month"}, {"/kk", "month"},
    {"aylik", "month"},       {"月薪", "month"},
    {"月給", "month"},        {"/月", "month"},
    {"每月", "month"},        {"월급", "month"},
    {"/월", "month"},         {"per year", "year"},
    {"a year", "year"},       {"/year", "year"},
    {"/ year", "year"},       {"/yr", "year"},
    {"/ yr", "year"},         {"yearly", "year"},
    {"per annum", "year"},    {"p.a", "year"},
    {"/annum", "year"},       {" pa ", "year"},
    {"annually", "year"},     {"annual", "year"},
    {"annum", "year"},        {"lpa", "year"},
    {"ctc", "year"},          {"pro jahr", "year"},
    {"/jahr", "year"},        {"jahrlich", "year"},
    {"jahresgehalt", "year"}, {"im jahr", "year"},
    {"jahresbrutto", "year"}, {"par an", "year"},
    {"/an ", "year"},         {"annuel", "year"},
    {"al ano", "year"},       {"/ano", "year"},
    {"anuales", "year"},      {"anual", "year"},
    {"por ano", "year"},      {"ao ano", "year"},
    {"annui", "year"},        {"annuo", "year"},
    {"all'anno", "year"},     {"l'anno", "year"},
    {" ral", "year"},         {"per jaar", "year"},
    {"/jaar", "year"},        {"rocznie", "year"},
    {"/rok", "year"},         {"rocne", "year"},
    {"evente", "year"},       {"/ev", "year"},
    {"pe an", "year"},        {"в год", "year"},
    {"per ar", "year"},       {"/ar ", "year"},
    {"om aret", "year"},      {"arslon", "year"},
    {"arlig", "year"},        {"vuodessa", "year"},
    {"yillik", "year"},       {"年薪", "year"},
    {"年収", "year"},         {"/年", "year"},
    {"每年", "year"},         {"연봉", "year"},
};

/// A field's words, most telling first; "jahr" before the "hr" in it.
constexpr period_word field_words[] = {
    {"biweek", "two weeks"},
    {"bi-week", "two weeks"},
    {"bi week", "two weeks"},
    {"fortnight", "two weeks"},
    {"semimonth", "half a month"},
    {"semi-month", "half a month"},
    {"twice a month", "half a month"},
    {"quincen", "half a month"},
    {"jahr", "year"},
    {"hour", "hour"},
    {"hr", "hour"},
    {"hur", "hour"},
    {"stunde", "hour"},
    {"heure", "hour"},
    {"hora", "hour"},
    {"day", "day"},
    {"dai", "day"},
    {"daily", "day"},
    {"tag", "day"},
    {"jour", "day"},
    {"week", "week"},
    {"wk", "week"},
    {"woche", "week"},
    {"month", "month"},
    {"mon", "month"},
    {"mois", "month"},
    {"mes", "month"},
    {"maand", "month"},
    {"mies", "month"},
    {"year", "year"},
    {"yr", "year"},
    {"ann", "year"},
    {"jaar", "year"},
    {"p.a", "year"},
};

/// Currencies of countries where a bare amount is a month's pay.
constexpr std::string_view monthly_currencies =
    "PLN CZK HUF RON UAH BGN RUB TRY CNY BRL ARS COP MXN SGD MYR THB VND PHP "
    "IDR AED SAR QAR EGP ZAR KES NGN DKK NOK ILS KWD PKR BDT LKR CLP PEN RSD "
    "NPR BHD OMR JOD MAD TND DZD GHS TZS UGX ETB ZMW BWP KZT UZS KGS GEL AMD "
    "AZN MDL MKD ALL BAM BOB PYG GTQ HNL NIO DOP CRC UYU MMK KHR LAK MNT ISK "
    "BYN XAF XOF NAD";

bool is_monthly(std::string_view currency) {
  return currency.size() == 3
         && monthly_currencies.find(currency) != std::string_view::npos;
}

} // namespace

double periods_per_year(std::string_view period) {
  if (period == "hour")
    return 2080;
  if (period == "day")
    return 260;
  if (period == "week")
    return 52;
  if (period == "month")
    return 12;
  return period == "year" ? 1 : 0;
}

std::string_view pay_period_of(std::string_view text) {
  if (text.empty())
    return {};
  auto folded = text::fold_ascii(text);
  for (const auto& one : field_words)
    if (folded.find(one.word) != folded.npos)
      return one.period;
  for (const auto& one : mentions)
    if (folded.find(one.word) != folded.npos)
      return one.period;
  return {};
}

std::string_view customary_period(double amount, std::string_view currency) {
  auto units = units_per_usd(currency);
  if (!units)
    return {};
  auto usd = amount / *units;
  if (currency == "INR")
    return amount >= 300'000 ? "year" : usd >= 50 ? "month" : "";
  if (usd >= 15'000)
    return "year";
  // Where the least wage is some fifty dollars a month.
  constexpr std::string_view low_wages =
      "NGN EGP PKR BDT NPR LKR GHS UZS MMK VND XAF "
      "XOF";
  auto least_month = low_wages.find(currency) != low_wages.npos ? 40.0 : 150.0;
  if (is_monthly(currency))
    return usd >= least_month ? "month" : usd >= 1 && usd < 60 ? "hour" : "";
  if (usd >= 900)
    return usd < 12'000 ? "month" : "year";
  return usd >= 5 && usd <= 250 ? "hour" : "";
}

} // namespace jobfarm::normalize
