#include "cli/profile.hpp"

#include "cli/config_file.hpp"
#include "cli/places.hpp"

namespace jobfarm::cli {

enrich::profile standard_profile() {
  enrich::profile wanted;
  wanted.text = "technical program manager";
  return wanted;
}

expected<enrich::profile> read_profile(const settings& given,
                                       const std::string& path) {
  auto entries = read_config_file(path);
  if (!entries)
    return entries.error();
  enrich::profile wanted;
  for (const auto& entry : *entries) {
    auto value = entry.values.empty() ? std::string{} : entry.values.front();
    auto wrong = [&](const char* needed) {
      return fail(errc::invalid_input,
                  entry.origin + ": " + entry.key + " takes " + needed);
    };
    if (entry.key == "text") {
      if (entry.kind != file_value::text)
        return wrong("a text");
      wanted.text = value;
    } else if (entry.key == "locations") {
      if (entry.kind != file_value::texts && entry.kind != file_value::text)
        return wrong("a list of texts");
      auto places = wanted_places(given, entry.values);
      if (!places)
        return places.error();
      wanted.locations = *std::move(places);
    } else if (entry.key == "remote_only") {
      if (entry.kind != file_value::flag)
        return wrong("true or false");
      wanted.remote_only = value == "true";
    } else if (entry.key == "salary_usd_min") {
      auto least = parse_decimal(value);
      if (entry.kind != file_value::number || !least || *least < 0)
        return wrong("a number of USD a year");
      wanted.salary_usd_min = least;
    } else {
      return fail(errc::invalid_input,
                  entry.origin + ": unknown key \"" + entry.key
                      + "\"; a profile has text, locations, remote_only, "
                        "salary_usd_min");
    }
  }
  return wanted;
}

} // namespace jobfarm::cli
