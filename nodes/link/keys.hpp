#pragma once

#include "messages/expected.hpp"

#include <map>
#include <string>
#include <vector>

namespace jobfarm::nodes::link_layer {

/// A CURVE key pair (RFC 26/CurveZMQ), 32 raw bytes each.
struct key_pair {
  std::string public_key;
  std::string secret_key;
};

/// A new random pair.
key_pair new_key_pair();

std::string to_hex(const std::string& raw);
/// 64 hex digits as 32 bytes. Errors: invalid_input.
expected<std::string> key_from_hex(const std::string& hex);

/// Writes a pair to a new file that only its owner can read (0600): lines
/// `public HEX` and `secret HEX`. Errors: invalid_input; a file that is there
/// is never written over.
expected<void> write_key_file(const std::string& file, const key_pair& pair);
/// Errors: invalid_input, also for a file that others may read.
expected<key_pair> read_key_file(const std::string& file);

/// Who may come: names by public key. One key has one name, one name one key.
class allow_list {
public:
  /// Reads lines `NAME HEX`; blank lines and `#` comments are skipped. A file
  /// that is not there allows nobody. Errors: invalid_input with the line.
  static expected<allow_list> read(const std::string& file);

  /// By key of 32 raw bytes.
  const std::map<std::string, std::string>& names() const {
    return names_;
  }

private:
  std::map<std::string, std::string> names_; // by key
};

/// Adds a line to the allow-list, or replaces the line of that name. Errors:
/// invalid_input (a name is 1 to 64 letters, digits, `.`, `_`, `-`).
expected<void> allow(const std::string& file, const std::string& name,
                     const std::string& public_key);

/// True for a name that a node may have.
bool is_node_name(const std::string& name);

} // namespace jobfarm::nodes::link_layer
