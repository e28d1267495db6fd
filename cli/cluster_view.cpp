#include "cli/cluster_view.hpp"

#include "cli/cluster_client.hpp"
#include "messages/json.hpp"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>

namespace jobfarm::cli {

namespace {

using value = nlohmann::json;

failure not_understood(const std::string& what) {
  return fail(errc::bad_payload,
              "the server's answer is not understood: " + what
                  + "; is it a jobfarm of this version?");
}

template <class Record>
expected<Record> part_of(const value& whole, const char* name) {
  auto found = whole.find(name);
  if (found == whole.end())
    return not_understood(std::string{"no "} + name);
  auto read = from_json<Record>(found->dump());
  if (!read)
    return not_understood(read.error().detail);
  return read;
}

/// Columns of a terminal, as far as it matters here: code points.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

} // namespace

expected<cluster_query> read_cluster_query(std::string_view text) {
  auto whole = value::parse(text, nullptr, false);
  if (!whole.is_object() || !whole.contains("status")
      || !whole["status"].is_string())
    return not_understood("no query");
  cluster_query read;
  read.text = text;
  read.status = whole["status"];
  auto query = part_of<job_query>(whole, "query");
  auto progress = part_of<query_progress>(whole, "progress");
  if (!query || !progress)
    return query ? progress.error() : query.error();
  read.record.query = *std::move(query);
  read.record.progress = *std::move(progress);
  if (whole["result"].is_null())
    return read;
  auto result = part_of<collection_result>(whole, "result");
  if (!result)
    return result.error();
  read.record.result = *std::move(result);
  return read;
}

expected<void>
each_row(const cluster_client& client, const std::string& path,
         const std::function<expected<bool>(const std::string&)>& visit) {
  std::string cursor;
  do {
    auto target = path;
    if (!cursor.empty())
      target +=
          (path.find('?') == path.npos ? "?cursor=" : "&cursor=") + cursor;
    auto text = client.call("GET", target);
    if (!text)
      return text.error();
    auto page = value::parse(*text, nullptr, false);
    if (!page.is_object() || !page["items"].is_array())
      return not_understood("no list");
    for (const auto& row : page["items"]) {
      auto go_on = visit(row.dump());
      if (!go_on)
        return go_on.error();
      if (!*go_on)
        return {};
    }
    const auto& next = page["next_cursor"];
    cursor = next.is_string() ? next.get<std::string>() : "";
  } while (!cursor.empty());
  return {};
}

std::string format_table(const std::vector<std::string>& header,
                         const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> all;
  if (::isatty(STDOUT_FILENO) != 0)
    all.push_back(header);
  all.insert(all.end(), rows.begin(), rows.end());
  std::vector<std::size_t> widths(header.size());
  for (const auto& row : all)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], width_of(row[i]));
  std::string out;
  for (const auto& row : all) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += row[i];
      if (i + 1 < row.size())
        out.append(widths[i] - width_of(row[i]) + 2, ' ');
    }
    out += '\n';
  }
  return out;
}

} // namespace jobfarm::cli
