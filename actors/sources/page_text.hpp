#pragma once

#include <string>
#include <string_view>

namespace jobfarm::sources {

/// Returns a page as valid UTF-8. Its encoding is, in this order, what its byte
/// order mark, the `charset` of `content_type` or a `<meta>` of its first 4 KB
/// says (HTML, 13.2.3.2); windows-1252 if none of them says it and no character
/// of it is UTF-8. A page that is valid UTF-8 stays it, whatever is said:
/// templates of old claim encodings that their sites have left. Bytes that mean
/// nothing become U+FFFD. Any bytes; linear.
std::string page_text(std::string_view bytes, std::string_view content_type);

} // namespace jobfarm::sources
