#include "actors/report/xml_reader.hpp"

#include <expat.h>

namespace jobfarm::report {

namespace {

/// Workbooks need some ten.
constexpr int most_depth = 64;
/// Bytes of one tag; expat looks at an unfinished one again with every piece.
constexpr std::int64_t longest_tag = 1 << 20;

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

} // namespace

std::string_view xml_attributes::operator[](std::string_view name) const {
  for (auto pair = pairs_; *pair; pair += 2)
    if (without_prefix(pair[0]) == name)
      return pair[1];
  return {};
}

void xml_reader::closer::operator()(XML_ParserStruct* parser) const noexcept {
  XML_ParserFree(parser);
}

xml_reader::xml_reader(xml_visitor& visitor)
    : visitor_(visitor), parser_(XML_ParserCreate(nullptr)) {
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), &began, &ended);
  XML_SetCharacterDataHandler(parser_.get(), &told);
  XML_SetStartDoctypeDeclHandler(parser_.get(), &declared);
}

void xml_reader::began(void* self, const char* name, const char** attributes) {
  auto& reader = *static_cast<xml_reader*>(self);
  if (++reader.depth_ > most_depth)
    return reader.stop();
  reader.visitor_.begin(without_prefix(name), xml_attributes{attributes});
  if (reader.visitor_.is_full())
    reader.stop();
}

void xml_reader::told(void* self, const char* bytes, int size) {
  static_cast<xml_reader*>(self)->visitor_.text(
      {bytes, static_cast<std::size_t>(size)});
}

void xml_reader::ended(void* self, const char* name) {
  auto& reader = *static_cast<xml_reader*>(self);
  --reader.depth_;
  reader.visitor_.end(without_prefix(name));
}

/// ECMA-376 part 2, 8.1.4: no part has a document type.
void xml_reader::declared(void* self, const char*, const char*, const char*,
                          int) {
  static_cast<xml_reader*>(self)->stop();
}

void xml_reader::stop() {
  XML_StopParser(parser_.get(), XML_FALSE);
}

expected<void> xml_reader::read(std::string_view bytes) {
  return parse(bytes, false);
}

expected<void> xml_reader::finish() {
  return parse({}, true);
}

expected<void> xml_reader::parse(std::string_view bytes, bool is_last) {
  const auto parsed = XML_Parse(parser_.get(), bytes.data(),
                                static_cast<int>(bytes.size()), is_last);
  given_ += static_cast<std::int64_t>(bytes.size());
  if (visitor_.is_full())
    return fail(errc::too_large, "it holds too much");
  if (parsed != XML_STATUS_OK)
    return fail(errc::bad_payload,
                std::string{"its XML is not sound: "}
                    + XML_ErrorString(XML_GetErrorCode(parser_.get())));
  if (given_ - XML_GetCurrentByteIndex(parser_.get()) > longest_tag)
    return fail(errc::too_large, "a tag of its XML is too long");
  return {};
}

} // namespace jobfarm::report
