#pragma once

#include "messages/expected.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

struct XML_ParserStruct;

namespace jobfarm::report {

/// The attributes of an element.
class xml_attributes {
public:
  explicit xml_attributes(const char** pairs) : pairs_(pairs) {
  }
  /// The value of `name`, whatever its prefix; empty if there is none.
  std::string_view operator[](std::string_view name) const;

private:
  const char** pairs_;
};

/// Is told what stands in a part of a workbook, in its order. Names have no
/// prefix, a text may come in several pieces.
class xml_visitor {
public:
  virtual ~xml_visitor() = default;
  virtual void begin(std::string_view name, const xml_attributes& with) = 0;
  virtual void text(std::string_view piece) = 0;
  virtual void end(std::string_view name) = 0;

  /// Whether there is more than anyone should want.
  virtual bool is_full() const {
    return false;
  }
};

/// Reads XML piece by piece (expat). Nothing is declared in it, and neither
/// depth nor tags are unbounded. Errors: bad_payload, and too_large where the
/// visitor is full.
class xml_reader {
public:
  explicit xml_reader(xml_visitor& visitor);

  expected<void> read(std::string_view bytes);
  /// There is no more.
  expected<void> finish();

private:
  struct closer {
    void operator()(XML_ParserStruct* parser) const noexcept;
  };
  static void began(void* self, const char* name, const char** attributes);
  static void told(void* self, const char* bytes, int size);
  static void ended(void* self, const char* name);
  static void declared(void* self, const char* name, const char* system_id,
                       const char* public_id, int has_internal_subset);
  expected<void> parse(std::string_view bytes, bool is_last);
  void stop();

  xml_visitor& visitor_;
  std::unique_ptr<XML_ParserStruct, closer> parser_;
  std::int64_t given_ = 0;
  int depth_ = 0;
};

} // namespace jobfarm::report
