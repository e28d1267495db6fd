#include "actors/normalize/dates.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace jobfarm::normalize;

namespace {

constexpr auto fetched = "2026-11-24T10:00:00Z";

/// The date, or "<" and the bound, or "none".
std::string read(std::string_view text) {
  auto date = parse_posted(text, fetched);
  if (!date.before.empty())
    return "<" + date.before.substr(0, 10);
  if (date.at.empty())
    return "none";
  auto is_day = date.at.substr(10) == "T00:00:00Z";
  return is_day ? date.at.substr(0, 10) : date.at;
}

struct date_row {
  const char* text;
  const char* expected;
};

} // namespace

TEST_CASE("relative dates in English count from when the page was fetched") {
  constexpr date_row rows[] = {
      {"Just posted", "2026-11-24"},
      {"just now", "2026-11-24"},
      {"Today", "2026-11-24"},
      {"Posted today", "2026-11-24"},
      {"today at 9:15 AM", "2026-11-24"},
      {"New", "2026-11-24"},
      {"Yesterday", "2026-11-23"},
      {"Posted Yesterday", "2026-11-23"},
      {"1 day ago", "2026-11-23"},
      {"a day ago", "2026-11-23"},
      {"one day ago", "2026-11-23"},
      {"2 days ago", "2026-11-22"},
      {"two days ago", "2026-11-22"},
      {"Posted 3 days ago", "2026-11-21"},
      {"Posted: 3 Days Ago", "2026-11-21"},
      {"Active 3 days ago", "2026-11-21"},
      {"Reposted 5 days ago", "2026-11-19"},
      {"3d ago", "2026-11-21"},
      {"3d", "2026-11-21"},
      {"3 d", "2026-11-21"},
      {"29 days ago", "2026-10-26"},
      {"1 week ago", "2026-11-17"},
      {"a week ago", "2026-11-17"},
      {"last week", "none"},
      {"2 weeks ago", "2026-11-10"},
      {"three weeks ago", "2026-11-03"},
      {"2w", "2026-11-10"},
      {"2wk ago", "2026-11-10"},
      {"1 month ago", "2026-10-25"},
      {"a month ago", "2026-10-25"},
      {"an hour ago", "2026-11-24T09:00:00Z"},
      {"1 hour ago", "2026-11-24T09:00:00Z"},
      {"5 hours ago", "2026-11-24T05:00:00Z"},
      {"5h", "2026-11-24T05:00:00Z"},
      {"5 hrs ago", "2026-11-24T05:00:00Z"},
      {"5hr ago", "2026-11-24T05:00:00Z"},
      {"30 minutes ago", "2026-11-24T09:30:00Z"},
      {"30 mins ago", "2026-11-24T09:30:00Z"},
      {"30m ago", "2026-11-24T09:30:00Z"},
      {"a minute ago", "2026-11-24T09:59:00Z"},
      {"a few hours ago", "2026-11-24"},
      {"few minutes ago", "2026-11-24"},
      {"moments ago", "2026-11-24"},
      {"45 seconds ago", "2026-11-24T09:59:15Z"},
      {"1 year ago", "2025-11-24"},
      {"30+ days ago", "<2026-10-25"},
      {"Posted 30+ days ago", "<2026-10-25"},
      {"30d+ ago", "<2026-10-25"},
      {"30d+", "<2026-10-25"},
      {"over 30 days ago", "<2026-10-25"},
      {"more than 30 days ago", "<2026-10-25"},
      {"More than a month ago", "<2026-10-25"},
      {"3+ weeks ago", "<2026-11-03"},
      {"in 3 days", "none"},
      {"Hiring multiple candidates", "none"},
      {"Be among the first 25 applicants", "none"},
      {"", "none"},
      {"n/a", "none"},
      {"newest first", "none"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(read(row.text) == row.expected);
  }
}

TEST_CASE("relative dates in the main languages of job sites") {
  constexpr date_row rows[] = {
      {"heute", "2026-11-24"},
      {"Heute veröffentlicht", "2026-11-24"},
      {"gestern", "2026-11-23"},
      {"vorgestern", "2026-11-22"},
      {"vor 3 Tagen", "2026-11-21"},
      {"vor einem Tag", "2026-11-23"},
      {"vor einer Woche", "2026-11-17"},
      {"vor 2 Wochen", "2026-11-10"},
      {"vor 5 Stunden", "2026-11-24T05:00:00Z"},
      {"vor einer Stunde", "2026-11-24T09:00:00Z"},
      {"vor 10 Minuten", "2026-11-24T09:50:00Z"},
      {"vor einem Monat", "2026-10-25"},
      {"vor mehr als 30 Tagen", "<2026-10-25"},
      {"vor über 30 Tagen", "<2026-10-25"},
      {"vor 30+ Tagen", "<2026-10-25"},
      {"aujourd'hui", "2026-11-24"},
      {"Publiée à l'instant", "2026-11-24"},
      {"hier", "2026-11-23"},
      {"avant-hier", "2026-11-22"},
      {"il y a 3 jours", "2026-11-21"},
      {"il y a un jour", "2026-11-23"},
      {"il y a une semaine", "2026-11-17"},
      {"il y a 2 mois", "2026-09-25"},
      {"il y a 5 heures", "2026-11-24T05:00:00Z"},
      {"il y a plus de 30 jours", "<2026-10-25"},
      {"hoy", "2026-11-24"},
      {"ayer", "2026-11-23"},
      {"anteayer", "2026-11-22"},
      {"hace 3 días", "2026-11-21"},
      {"hace un día", "2026-11-23"},
      {"hace una semana", "2026-11-17"},
      {"hace 2 meses", "2026-09-25"},
      {"hace 5 horas", "2026-11-24T05:00:00Z"},
      {"hace más de 30 días", "<2026-10-25"},
      {"oggi", "2026-11-24"},
      {"ieri", "2026-11-23"},
      {"3 giorni fa", "2026-11-21"},
      {"un giorno fa", "2026-11-23"},
      {"2 settimane fa", "2026-11-10"},
      {"un mese fa", "2026-10-25"},
      {"5 ore fa", "2026-11-24T05:00:00Z"},
      {"un'ora fa", "2026-11-24T09:00:00Z"},
      {"più di 30 giorni fa", "<2026-10-25"},
      {"hoje", "2026-11-24"},
      {"ontem", "2026-11-23"},
      {"há 3 dias", "2026-11-21"},
      {"há um dia", "2026-11-23"},
      {"há 2 semanas", "2026-11-10"},
      {"há mais de 30 dias", "<2026-10-25"},
      {"vandaag", "2026-11-24"},
      {"gisteren", "2026-11-23"},
      {"eergisteren", "2026-11-22"},
      {"3 dagen geleden", "2026-11-21"},
      {"een week geleden", "2026-11-17"},
      {"2 weken geleden", "2026-11-10"},
      {"5 uur geleden", "2026-11-24T05:00:00Z"},
      {"meer dan 30 dagen geleden", "<2026-10-25"},
      {"dzisiaj", "2026-11-24"},
      {"wczoraj", "2026-11-23"},
      {"3 dni temu", "2026-11-21"},
      {"tydzień temu", "2026-11-17"},
      {"2 tygodnie temu", "2026-11-10"},
      {"5 godzin temu", "2026-11-24T05:00:00Z"},
      {"ponad 30 dni temu", "<2026-10-25"},
      {"idag", "2026-11-24"},
      {"igår", "2026-11-23"},
      {"för 3 dagar sedan", "2026-11-21"},
      {"för 2 veckor sedan", "2026-11-10"},
      {"i dag", "2026-11-24"},
      {"i går", "2026-11-23"},
      {"for 3 dager siden", "2026-11-21"},
      {"for 3 dage siden", "2026-11-21"},
      {"3 päivää sitten", "2026-11-21"},
      {"dnes", "2026-11-24"},
      {"včera", "2026-11-23"},
      {"před 3 dny", "2026-11-21"},
      {"ma", "2026-11-24"},
      {"tegnap", "2026-11-23"},
      {"3 napja", "2026-11-21"},
      {"astăzi", "2026-11-24"},
      {"acum 3 zile", "2026-11-21"},
      {"сегодня", "2026-11-24"},
      {"вчера", "2026-11-23"},
      {"3 дня назад", "2026-11-21"},
      {"2 недели назад", "2026-11-10"},
      {"5 часов назад", "2026-11-24T05:00:00Z"},
      {"bugün", "2026-11-24"},
      {"dün", "2026-11-23"},
      {"3 gün önce", "2026-11-21"},
      {"2 hafta önce", "2026-11-10"},
      {"今日", "2026-11-24"},
      {"昨日", "2026-11-23"},
      {"3日前", "2026-11-21"},
      {"2週間前", "2026-11-10"},
      {"5時間前", "2026-11-24T05:00:00Z"},
      {"30日以上前", "<2026-10-25"},
      {"今天", "2026-11-24"},
      {"昨天", "2026-11-23"},
      {"3天前", "2026-11-21"},
      {"2周前", "2026-11-10"},
      {"1个月前", "2026-10-25"},
      {"5小时前", "2026-11-24T05:00:00Z"},
      {"30天以上", "<2026-10-25"},
      {"오늘", "2026-11-24"},
      {"어제", "2026-11-23"},
      {"3일 전", "2026-11-21"},
      {"2주 전", "2026-11-10"},
      {"5시간 전", "2026-11-24T05:00:00Z"},
      {"3 hari yang lalu", "2026-11-21"},
      {"3 ngày trước", "2026-11-21"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(read(row.text) == row.expected);
  }
}

TEST_CASE("absolute dates in every form that sources send") {
  constexpr date_row rows[] = {
      {"2026-11-20", "2026-11-20"},
      {"2026-11-20T08:30:00Z", "2026-11-20T08:30:00Z"},
      {"2026-11-20T08:30:00.123Z", "2026-11-20T08:30:00Z"},
      {"2026-11-20T08:30:00-05:00", "2026-11-20T13:30:00Z"},
      {"2026-11-20T08:30:00+0530", "2026-11-20T03:00:00Z"},
      {"2026-11-20 08:30:00", "2026-11-20T08:30:00Z"},
      {"2026/11/20", "2026-11-20"},
      {"20261120", "2026-11-20"},
      {"1763625600", "2025-11-20T08:00:00Z"},
      {"1763625600000", "2025-11-20T08:00:00Z"},
      {"Fri, 20 Nov 2026 06:30:11 GMT", "2026-11-20T06:30:11Z"},
      {"11/20/2019 08:55:24 AM", "2019-11-20T08:55:24Z"},
      {"11/20/2019 08:55:24 PM", "2019-11-20T20:55:24Z"},
      {"11/20/2019 12:05:00 AM", "2019-11-20T00:05:00Z"},
      {"11/20/2019", "2019-11-20"},
      {"20/11/2019", "2019-11-20"},
      {"20.11.2019", "2019-11-20"},
      {"05.11.2025", "2025-11-05"},
      {"May 29, 2025", "2025-05-29"},
      {"29 May 2025", "2025-05-29"},
      {"29th of May 2025", "2025-05-29"},
      {"Sept. 3, 2025", "2025-09-03"},
      {"29. Mai 2025", "2025-05-29"},
      {"3. März 2025", "2025-03-03"},
      {"15 de marzo de 2025", "2025-03-15"},
      {"15 mars 2025", "2025-03-15"},
      {"1er juin 2025", "2025-06-01"},
      {"15 août 2025", "2025-08-15"},
      {"15 dicembre 2025", "2025-12-15"},
      {"15 maart 2025", "2025-03-15"},
      {"15 stycznia 2025", "2025-01-15"},
      {"2025年5月29日", "2025-05-29"},
      {"2025년 5월 29일", "2025-05-29"},
      {"29 мая 2025", "2025-05-29"},
      {"2027-06-01", "none"},
      {"2026-13-45", "none"},
      {"99/99/2025", "none"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(read(row.text) == row.expected);
  }
}
