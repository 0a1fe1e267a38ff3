"""The pages of 身份认证."""
