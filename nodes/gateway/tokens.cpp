#include "nodes/gateway/tokens.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace jobfarm::nodes::gateway {

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t hash_bytes = 32;

bool is_hash(std::string_view text) {
  return text.size() == 2 * hash_bytes
         && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64
         && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@")
                == text.npos;
}

expected<token_entry> read_entry(const std::string& line) {
  std::istringstream words(line);
  std::string name;
  std::string who;
  std::string hash;
  std::string more;
  words >> name >> who >> hash;
  auto known = from_string<role>(who);
  if (!is_name(name) || !known || !is_hash(hash) || words >> more)
    return fail(errc::invalid_input,
                "a line is NAME ROLE HASH, the role one of viewer, employee, "
                "recruiter, manager, admin");
  return token_entry{name, *known, hash};
}

failure file_failure(const std::string& file, const char* what) {
  return fail(errc::invalid_input,
              std::string{what} + ' ' + file + ": " + std::strerror(errno));
}

} // namespace

std::string new_token() {
  unsigned char bytes[token_bytes];
  randombytes_buf(bytes, sizeof bytes);
  char text[sodium_base64_ENCODED_LEN(
      token_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  sodium_bin2base64(text, sizeof text, bytes, sizeof bytes,
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero(bytes, sizeof bytes);
  return std::string{"jf_"} + text;
}

std::string token_hash(std::string_view token) {
  unsigned char hash[hash_bytes];
  crypto_generichash(hash, sizeof hash,
                     reinterpret_cast<const unsigned char*>(token.data()),
                     token.size(), nullptr, 0);
  char text[2 * hash_bytes + 1];
  sodium_bin2hex(text, sizeof text, hash, sizeof hash);
  return text;
}

expected<token_table> token_table::parse(std::string_view text,
                                         const std::string& file) {
  std::vector<token_entry> entries;
  std::istringstream in{std::string{text}};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    auto begin = line.find_first_not_of(" \t\r");
    if (begin == line.npos || line[begin] == '#')
      continue;
    auto entry = read_entry(line);
    if (!entry)
      return fail(errc::invalid_input, file + ':' + std::to_string(number)
                                           + ": " + entry.error().detail);
    entries.push_back(*std::move(entry));
  }
  return token_table(std::move(entries));
}

expected<token_table> token_table::read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return file_failure(file, "read tokens");
  std::ostringstream text;
  text << in.rdbuf();
  return parse(text.str(), file);
}

std::optional<token_entry> token_table::find(std::string_view token) const {
  auto hash = token_hash(token);
  const token_entry* found = nullptr;
  for (const auto& one : entries_)
    if (sodium_memcmp(one.hash.data(), hash.data(), hash.size()) == 0)
      found = &one;
  return found ? std::optional{*found} : std::nullopt;
}

expected<std::string> add_token(const std::string& file,
                                const std::string& name, role who) {
  if (!is_name(name))
    return fail(errc::invalid_input,
                "a token's name is letters, digits and . _ - @, not \"" + name
                    + '"');
  auto to =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (to < 0)
    return file_failure(file, "open tokens");
  auto token = new_token();
  auto line =
      name + ' ' + std::string{to_string(who)} + ' ' + token_hash(token) + '\n';
  auto written = ::write(to, line.data(), line.size());
  auto is_good =
      written == static_cast<ssize_t>(line.size()) && ::fsync(to) == 0;
  auto why = file_failure(file, "write tokens");
  ::close(to);
  if (!is_good)
    return why;
  return token;
}

} // namespace jobfarm::nodes::gateway
