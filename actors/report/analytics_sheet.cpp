#include "actors/report/analytics_sheet.hpp"

namespace jobfarm::report {

namespace {

/// A question, its figures and how they are drawn.
struct block {
  std::string title;
  std::string unit;
  tally rows;
  lxw_chart_type chart;
};

constexpr lxw_row_t chart_rows = 17;

std::vector<block> blocks_of(const analytics& of) {
  tally salaries;
  for (const auto& one : of.salary_by_seniority())
    salaries.emplace_back(one.seniority + " (n=" + std::to_string(one.count)
                              + ')',
                          static_cast<std::int64_t>(one.median));
  return {
      {"Postings per day", "postings", of.per_day(), LXW_CHART_COLUMN},
      {"Postings by source", "postings", of.per_source(), LXW_CHART_BAR},
      {"Postings by region", "postings", of.per_region(), LXW_CHART_BAR},
      {"Median salary by seniority", "USD a year", std::move(salaries),
       LXW_CHART_COLUMN},
      {"Remote share", "postings", of.per_mode(), LXW_CHART_PIE},
      {"Top skills", "postings", of.top_skills(15), LXW_CHART_BAR},
      {"Top role families", "postings", of.top_families(15), LXW_CHART_BAR},
  };
}

void draw(lxw_workbook* book, sheet& to, const block& one, lxw_row_t first) {
  auto* chart = workbook_add_chart(book, static_cast<uint8_t>(one.chart));
  auto last = first + static_cast<lxw_row_t>(one.rows.size()) - 1;
  auto* series = chart_add_series(chart, nullptr, nullptr);
  chart_series_set_categories(series, to.name().c_str(), first, 0, last, 0);
  chart_series_set_values(series, to.name().c_str(), first, 1, last, 1);
  chart_series_set_name(series, one.unit.c_str());
  chart_title_set_name(chart, one.title.c_str());
  if (one.chart != LXW_CHART_PIE)
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  if (one.chart == LXW_CHART_BAR)
    chart_axis_set_reverse(chart->y_axis);
  worksheet_insert_chart(to.get(), first - 2, 3, chart);
}

} // namespace

void write_analytics(lxw_workbook* book, const formats& look,
                     const analytics& of) {
  sheet to(book, "Analytics");
  to.width(0, 34);
  to.width(1, 14);
  lxw_row_t row = 0;
  for (const auto& one : blocks_of(of)) {
    to.text(row, 0, one.title, look.title);
    to.text(row + 1, 1, one.unit, look.label);
    auto first = row + 2;
    auto at = first;
    for (const auto& [name, count] : one.rows) {
      to.text(at, 0, clean_cell(name, 200));
      to.number(at++, 1, static_cast<double>(count), look.money);
    }
    if (one.rows.empty())
      to.text(at++, 0, "no data");
    else
      draw(book, to, one, first);
    row = std::max(at + 1, first + chart_rows);
  }
}

} // namespace jobfarm::report
