import type { FastifyHelmetOptions } from '@fastify/helmet'

/**
 * Everything comes from this server, and nobody may frame it. Style alone may stand in the page: Reka UI's menus and
 * vue-echarts write small <style> elements of their own, and the hints of ECharts carry style attributes.
 */
export const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // It is served over plain http on this machine; whoever puts TLS before it sets this there.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'same-origin' },
}
