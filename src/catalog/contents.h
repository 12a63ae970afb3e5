// Contents: the bytes of pictures, in the table image_blob. Each content is there once, under its
// SHA-256, however many pictures refer to it. Which pictures do is not decided here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "orm/session/session.h"

namespace vitrine::catalog {

struct Content {
  std::string_view sha256;
  std::string_view mimetype;
  // As the picture is shown, in pixels.
  int width = 0;
  int height = 0;
  std::string_view bytes;
};

// Writes the content in the session's transaction, unless it is there already.
void keep_content(Session& session, const Content& content);

// The bytes, as the session's transaction has them. IMAGE, reason no_bytes, when there are none.
std::string read_content(Session& session, std::string_view sha256);

// Deletes the contents that no picture refers to and that are not among `kept`, and says how many
// that were. What could be undone may refer to a content as well: its caller names those.
std::int64_t sweep_contents(Session& session, std::span<const std::string> kept = {});

}  // namespace vitrine::catalog
