#include "actors/normalize/gazetteer_import.hpp"

#include "actors/normalize/gazetteer_writer.hpp"

#include <charconv>
#include <fstream>
#include <map>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// Columns of the GeoNames main table.
enum column {
  name = 1,
  ascii = 2,
  alternates = 3,
  feature = 6,
  country = 8,
  admin1 = 10,
  population = 14,
  columns = 19
};

std::vector<std::string_view> split(std::string_view line, char by) {
  std::vector<std::string_view> parts;
  for (;;) {
    auto end = line.find(by);
    parts.push_back(line.substr(0, end));
    if (end == line.npos)
      return parts;
    line.remove_prefix(end + 1);
  }
}

/// What the base knows is kept: its places by country and name.
class importer {
public:
  explicit importer(const gazetteer& base) : base_(base) {
    base.visit_names([&](std::string_view key, std::uint32_t place) {
      auto known = ids_.find(place);
      if (known == ids_.end()) {
        auto one = base.place_at(place);
        auto id =
            writer_.add(one.kind, std::string{one.name},
                        std::string{one.admin1}, std::string{one.admin1_code},
                        std::string{one.country}, one.population);
        known = ids_.emplace(place, id).first;
      }
      writer_.code(known->second, std::string{key});
    });
  }

  bool add_line(std::string_view line) {
    auto fields = split(line, '\t');
    if (fields.size() != columns || fields[country].size() != 2)
      return false;
    if (fields[feature] != "P")
      return true;
    std::uint32_t people = 0;
    std::from_chars(fields[population].data(),
                    fields[population].data() + fields[population].size(),
                    people);
    if (is_known(fields))
      return true;
    auto id = writer_.add(place_kind::city, std::string{fields[name]}, "",
                          std::string{}, std::string{fields[country]}, people);
    writer_.name(id, std::string{fields[ascii]});
    for (auto other : split(fields[alternates], ','))
      if (!other.empty())
        writer_.name(id, std::string{other});
    ++added;
    return true;
  }

  expected<void> write(const std::string& path) const {
    return writer_.write(path);
  }

  std::uint64_t added = 0;

private:
  bool is_known(const std::vector<std::string_view>& fields) const {
    auto range = base_.find(place_key(fields[name]));
    for (std::uint32_t i = 0; i < range.size(); ++i)
      if (range[i].kind == place_kind::city
          && range[i].country == fields[country])
        return true;
    return false;
  }

  const gazetteer& base_;
  gazetteer_writer writer_;
  std::map<std::uint32_t, gazetteer_writer::place_id> ids_;
};

} // namespace

expected<import_counts>
import_geonames(const std::string& dump, const std::string& base,
                const std::string& out,
                const std::function<void(const std::string&)>& tell) {
  auto known = gazetteer::open(base);
  if (!known)
    return known.error();
  std::ifstream in(dump);
  if (!in)
    return fail(errc::invalid_input, "cannot read " + dump);
  importer all(**known);
  import_counts counts;
  std::uint64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!all.add_line(line) && ++counts.bad_lines <= 10)
      tell("line " + std::to_string(number) + ": not a GeoNames row");
    if (number % 100'000 == 0)
      tell(std::to_string(number) + " lines read");
  }
  counts.places = all.added;
  if (counts.places == 0 && counts.bad_lines > 0)
    return fail(errc::invalid_input,
                dump
                    + " holds no places; it must be a GeoNames table of 19 "
                      "tab-separated columns");
  if (auto written = all.write(out); !written)
    return written.error();
  return counts;
}

} // namespace jobfarm::normalize
