#pragma once

#include "cli/places.hpp"

namespace jobfarm::cli {

/// `--keys-dir`, else `keys` in the data directory.
inline std::string keys_dir(const settings& given) {
  return given.has("keys-dir") ? given.text("keys-dir")
                               : data_dir(given) + "/keys";
}

/// Where the pair of node `name` is kept.
inline std::string key_file_of(const settings& given, const std::string& name) {
  return keys_dir(given) + '/' + name + ".key";
}

/// Where a coordinator looks up who may come.
inline std::string allow_file_of(const settings& given) {
  return keys_dir(given) + "/allowed";
}

} // namespace jobfarm::cli
